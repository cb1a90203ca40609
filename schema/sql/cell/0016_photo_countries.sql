-- Whose code was read on a photo, when not of the market that it was sent in: its receipt lies in
-- that market's cell of the same wallet.
ALTER TABLE photos ADD COLUMN country TEXT;

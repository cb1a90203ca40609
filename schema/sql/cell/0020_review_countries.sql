-- Whose receipt a spot check is about, when not of the market that its photo was sent in: the receipt
-- lies in that market's cell of the same wallet.
ALTER TABLE reviews ADD COLUMN country TEXT;

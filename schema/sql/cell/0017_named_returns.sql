-- A return that names its sale before that one is judged: no other sale takes it.
ALTER TABLE returns ADD COLUMN named_id TEXT;

-- A return that was told twice, by its shop and by its paper, is met among those of its wallet.
CREATE INDEX returns_by_wallet ON returns (wallet_id);
DROP INDEX returns_without_sale;

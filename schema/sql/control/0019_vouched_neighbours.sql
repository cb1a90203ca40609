-- Whether somebody has vouched for the receipt: others are compared with those alone.
ALTER TABLE seen_receipts ADD COLUMN vouched INTEGER NOT NULL DEFAULT 0 CHECK (vouched IN (0, 1));
-- The night forgets by age.
CREATE INDEX seen_receipts_by_age ON seen_receipts (seen_at);

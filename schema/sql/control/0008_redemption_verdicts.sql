-- The rest of the verdict: partners open the same record as the shopper, of their own offers.
ALTER TABLE redemptions ADD COLUMN seen TEXT;
ALTER TABLE redemptions ADD COLUMN needed TEXT;
ALTER TABLE redemptions ADD COLUMN action TEXT NOT NULL DEFAULT 'none';
ALTER TABLE redemptions ADD COLUMN hold_days INTEGER NOT NULL DEFAULT 0;

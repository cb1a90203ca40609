-- The purchase by which a till's fiscal drive was learned, by the clock of the shop; null: people
-- typed it, or nobody did. A receipt from before a drive was replaced may come a month late and
-- must not bring the old one back.
ALTER TABLE tills ADD COLUMN drive_seen_at TEXT;

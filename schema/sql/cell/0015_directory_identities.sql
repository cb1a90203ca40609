-- Receipts that their country numbers twice. `vouched`: somebody has vouched for the holder, or for
-- another number of its receipt, so that the number stays its own; until then whoever is vouched for
-- under it may take it. What was claimed before this was known keeps what it has.
ALTER TABLE claims ADD COLUMN vouched INTEGER NOT NULL DEFAULT 0 CHECK (vouched IN (0, 1));
UPDATE claims SET vouched = 1 WHERE fingerprint NOT LIKE 'ru:%';

-- The other identities of a receipt, noted beside its own claim before they are asked for: whoever
-- gives the claim back gives these back as well. Kept after that, for a release that is repeated.
CREATE TABLE identities (
  receipt_id TEXT PRIMARY KEY,
  -- JSON: a list of identities, which may lie in other shards.
  others TEXT NOT NULL CHECK (json_valid(others))
) STRICT, WITHOUT ROWID;

-- Returns of goods. What a return took back is never more than what its sale was credited.
ALTER TABLE receipts ADD COLUMN returned_minor INTEGER NOT NULL DEFAULT 0
  CHECK (returned_minor >= 0 AND returned_minor <= reward_minor);

-- A return takes back once, whoever tells of it.
CREATE TABLE returns (
  fingerprint TEXT PRIMARY KEY,
  -- The receipt of the return, whether or not the shopper has sent it.
  return_id TEXT NOT NULL,
  wallet_id TEXT NOT NULL,
  -- The receipt that it belongs to; null until that one is known.
  sale_id TEXT,
  at INTEGER NOT NULL,
  -- JSON of the return's document.
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX returns_without_sale ON returns (wallet_id) WHERE sale_id IS NULL;

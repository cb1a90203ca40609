-- Claims that found the identity taken. The answer stands, whatever becomes of the holder: a late
-- copy of such a claim would otherwise take an identity for a receipt that is closed already, and
-- nobody would ever give it back.
CREATE TABLE refusals (
  receipt_id TEXT PRIMARY KEY,
  owner_masked TEXT NOT NULL,
  claimed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

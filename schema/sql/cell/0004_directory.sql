-- The directory: a fiscal identity belongs to one claim, network-wide.
CREATE TABLE claims (
  fingerprint TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL,
  -- For the message to the second claimant: masked, never an id.
  owner_masked TEXT NOT NULL,
  claimed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Contents that the authority called forged: never asked again, by anybody.
CREATE TABLE forgeries (
  content_key TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Receipts whose claim was given back: a late claim of theirs must not take it again.
CREATE TABLE released (
  receipt_id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the tills of feeding retailers have sold: a photo without a fiscal identity is matched to it.
-- Two rows written a sale (itself and the look-up), one more when it is matched, two when the night
-- forgets it.
CREATE TABLE sales (
  partner_id TEXT NOT NULL REFERENCES partners (id),
  -- Registration of the till, as the tax service knows it.
  till TEXT NOT NULL,
  -- The partner's own number: with the till it makes a repeated row the same sale.
  number TEXT NOT NULL,
  -- Wall-clock minute at the place of sale, as the till printed it.
  time TEXT NOT NULL CHECK (length(time) = 16),
  total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
  currency TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('sale', 'return')),
  -- JSON: the fiscal numbers when the till printed some, and the lines.
  fiscal TEXT CHECK (fiscal IS NULL OR json_valid(fiscal)),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  -- When a receipt took it: what has been vouched for is not corrected any more.
  matched_at TEXT,
  PRIMARY KEY (partner_id, till, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_by_purchase ON sales (partner_id, time, total_minor);

-- What was uploaded: one row a file, or a day of one key.
CREATE TABLE sales_feeds (
  partner_id TEXT NOT NULL REFERENCES partners (id),
  id TEXT NOT NULL,
  -- The file's or the key's name.
  name TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('file', 'key')),
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  accepted INTEGER NOT NULL CHECK (accepted >= 0),
  corrected INTEGER NOT NULL CHECK (corrected >= 0),
  repeated INTEGER NOT NULL CHECK (repeated >= 0),
  refused INTEGER NOT NULL CHECK (refused >= 0),
  -- JSON: the first refused rows with their reasons.
  refusals TEXT NOT NULL CHECK (json_valid(refusals)),
  PRIMARY KEY (partner_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_feeds_by_age ON sales_feeds (partner_id, ended_at);

-- Keys of a partner's own systems. The secret itself is stored nowhere.
CREATE TABLE partner_keys (
  id TEXT PRIMARY KEY,
  partner_id TEXT NOT NULL REFERENCES partners (id),
  name TEXT NOT NULL,
  -- SHA-256 of the secret, 256 random bits of which need no salt.
  digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  scope TEXT NOT NULL CHECK (scope IN ('sales')),
  -- The last characters, so that people tell their keys apart.
  ending TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at TEXT
) STRICT;
CREATE INDEX partner_keys_by_partner ON partner_keys (partner_id, created_at, id);

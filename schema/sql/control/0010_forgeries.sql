-- Receipts as they came, for what can be told of them without asking anybody. Forgotten after two
-- months: by then nobody may submit their neighbours.
CREATE TABLE seen_receipts (
  market TEXT NOT NULL,
  -- Fiscal drive or till; empty when the code names none.
  till TEXT NOT NULL,
  -- The till's own count of documents; 0 when the code has none.
  number INTEGER NOT NULL,
  receipt_id TEXT NOT NULL,
  -- Wall-clock minute of the shop.
  time TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  seen_at TEXT NOT NULL,
  score INTEGER NOT NULL CHECK (score >= 0),
  -- JSON, ForgeryReason of the schema.
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  PRIMARY KEY (till, number, receipt_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_receipts_by_moment ON seen_receipts (market, time, total_minor);
CREATE INDEX seen_receipts_suspected ON seen_receipts (seen_at, receipt_id) WHERE score > 0;

-- Where a till stood when an authority last told: written when that changes, and once a day.
CREATE TABLE till_places (
  till TEXT PRIMARY KEY,
  place TEXT NOT NULL,
  seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

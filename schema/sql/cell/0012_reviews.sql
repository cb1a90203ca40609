-- Cases that a person decides: this row is the truth, the queue of all cells is its copy.
CREATE TABLE reviews (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'collision', 'spot_check')),
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'declined', 'checked', 'withdrawn')),
  version INTEGER NOT NULL,
  wallet_id TEXT NOT NULL,
  photo_id TEXT,
  receipt_id TEXT,
  asked_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  -- A reviewer works on it until then.
  claimed_by TEXT,
  claimed_until INTEGER,
  -- The shopper disputes once; whoever declined it first is not the one to decide then.
  disputed_at INTEGER,
  dispute_note TEXT NOT NULL DEFAULT '',
  decided_by TEXT,
  decided_at INTEGER,
  reason TEXT,
  note TEXT NOT NULL DEFAULT '',
  -- JSON: what the shopper says, approvals so far, the approved document, the evidence to judge,
  -- the marks of a spot check.
  asked TEXT,
  approvals TEXT NOT NULL DEFAULT '[]',
  document TEXT,
  evidence TEXT,
  marks TEXT,
  CHECK ((claimed_by IS NULL) = (claimed_until IS NULL)),
  CHECK (state <> 'declined' OR reason IS NOT NULL),
  CHECK (state <> 'approved' OR (receipt_id IS NOT NULL AND evidence IS NOT NULL)),
  CHECK (kind = 'collision' OR photo_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX reviews_by_wallet ON reviews (wallet_id, asked_at);
CREATE UNIQUE INDEX reviews_by_photo ON reviews (photo_id, kind) WHERE photo_id IS NOT NULL;
CREATE INDEX reviews_by_receipt ON reviews (receipt_id) WHERE receipt_id IS NOT NULL;

-- Paper receipts that reviewers of any cell have approved: a scan of the same purchase, judged here,
-- finds them. `gone`: it was not credited after all; a late copy of the mark changes nothing then.
CREATE TABLE papers (
  time TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  receipt_id TEXT NOT NULL,
  wallet_id TEXT NOT NULL,
  tax_number TEXT NOT NULL,
  retailer_id TEXT NOT NULL,
  store_id TEXT NOT NULL,
  -- JSON: receipts that the reviewer saw and told apart from this one.
  distinct_from TEXT NOT NULL,
  at INTEGER NOT NULL,
  is_gone INTEGER NOT NULL CHECK (is_gone IN (0, 1)),
  PRIMARY KEY (time, total_minor, receipt_id)
) STRICT, WITHOUT ROWID;

-- Receipts judged before a paper of the same minute and total was approved.
CREATE INDEX receipts_by_purchase ON receipts (purchased_at, total_minor);

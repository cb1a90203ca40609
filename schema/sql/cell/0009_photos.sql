-- Photos of receipts: what was uploaded, what became of it. The pictures themselves lie in a bucket
-- under random keys.
CREATE TABLE photos (
  id TEXT PRIMARY KEY,
  wallet_id TEXT NOT NULL,
  -- Who took it: erased with the person, while the wallet may be a household's.
  user_id TEXT NOT NULL,
  key TEXT NOT NULL,
  -- A deleted photo still counts against the limits of its day; the night forgets it.
  state TEXT NOT NULL CHECK (state IN (
    'uploading', 'reading', 'submitted', 'needs_fields', 'refused', 'deleted')),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  -- How often the reader was asked.
  attempts INTEGER NOT NULL DEFAULT 0,
  task_due_at INTEGER,
  receipt_id TEXT,
  problem TEXT,
  -- JSON: numbers of the parts that arrived, the reader's reasons, what was read.
  parts TEXT NOT NULL,
  reasons TEXT NOT NULL,
  reading TEXT,
  CHECK ((state = 'submitted') = (receipt_id IS NOT NULL)),
  CHECK (state <> 'refused' OR problem IS NOT NULL),
  CHECK (state <> 'deleted' OR reading IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX photos_by_wallet ON photos (wallet_id, created_at);
CREATE INDEX photos_by_time ON photos (created_at);

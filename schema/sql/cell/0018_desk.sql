-- What its owner typed of a photo stands beside what was read, and never in its place: JSON, each
-- attempt to find the purchase among a shop's sales.
ALTER TABLE photos ADD COLUMN typed TEXT NOT NULL DEFAULT '[]';

-- Until now the latest attempt stood in the reading, and each left a reason.
UPDATE photos SET
  typed = (
    SELECT json_group_array(json(said)) FROM (
      SELECT json_object(
        'taxNumber', coalesce(json_extract(reading, '$.taxNumber.value'), ''),
        'time', json_extract(reading, '$.date.value') || 'T' || json_extract(reading, '$.time.value'),
        'totalMinor', json_extract(reading, '$.totalMinor.value')) AS said
      FROM json_each(photos.reasons) WHERE value = 'typed')),
  reasons = (
    SELECT json_group_array(value) FROM json_each(photos.reasons) WHERE value <> 'typed')
  WHERE reading IS NOT NULL
    AND EXISTS (SELECT 1 FROM json_each(photos.reasons) WHERE value = 'typed');

-- A case keeps every request of its shopper; the reward that it let the wallet earn outlives its
-- evidence, and of an erased one nothing is left that somebody has typed.
CREATE TABLE reviews_kept (
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
  -- What it came to when it was approved: it counts against the reviewers' limit.
  reward_minor INTEGER NOT NULL DEFAULT 0,
  erased_at INTEGER,
  -- JSON: what the shopper says and has said before, approvals so far, the approved document, the
  -- evidence to judge, the marks of a spot check.
  asked TEXT,
  asked_before TEXT NOT NULL DEFAULT '[]',
  approvals TEXT NOT NULL DEFAULT '[]',
  document TEXT,
  evidence TEXT,
  marks TEXT,
  CHECK ((claimed_by IS NULL) = (claimed_until IS NULL)),
  CHECK (state <> 'declined' OR reason IS NOT NULL),
  CHECK (state <> 'approved' OR receipt_id IS NOT NULL),
  CHECK (state <> 'approved' OR evidence IS NOT NULL OR erased_at IS NOT NULL),
  CHECK (erased_at IS NULL OR (asked IS NULL AND document IS NULL AND state <> 'open')),
  CHECK (kind = 'collision' OR photo_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

INSERT INTO reviews_kept (id, kind, state, version, wallet_id, photo_id, receipt_id, asked_at,
    due_at, claimed_by, claimed_until, disputed_at, dispute_note, decided_by, decided_at, reason,
    note, reward_minor, asked, approvals, document, evidence, marks)
  SELECT id, kind, state, version, wallet_id, photo_id, receipt_id, asked_at, due_at, claimed_by,
    claimed_until, disputed_at, dispute_note, decided_by, decided_at, reason, note,
    coalesce(evidence ->> '$.rewardMinor', 0), asked, approvals, document, evidence, marks
  FROM reviews;

DROP TABLE reviews;
ALTER TABLE reviews_kept RENAME TO reviews;

CREATE INDEX reviews_by_wallet ON reviews (wallet_id, asked_at);
CREATE UNIQUE INDEX reviews_by_photo ON reviews (photo_id, kind) WHERE photo_id IS NOT NULL;
CREATE INDEX reviews_by_receipt ON reviews (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX reviews_to_erase ON reviews (erased_at)
  WHERE erased_at IS NOT NULL AND evidence IS NOT NULL;

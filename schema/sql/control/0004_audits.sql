-- Proofs of the books, and the checkpoints that leave each object: history that was rewritten as a
-- whole still disagrees with the checkpoint that left before.
CREATE TABLE audits (
  id TEXT PRIMARY KEY,
  started_at TEXT NOT NULL,
  coherent INTEGER NOT NULL CHECK (coherent IN (0, 1)),
  report TEXT NOT NULL
) STRICT;
CREATE INDEX audits_by_time ON audits (started_at);

CREATE TABLE checkpoints (
  object TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- JSON: balances by class of account.
  totals TEXT NOT NULL,
  PRIMARY KEY (object, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER checkpoints_never_change BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER checkpoints_never_vanish BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;
CREATE TRIGGER audits_never_change BEFORE UPDATE ON audits
BEGIN SELECT RAISE(ABORT, 'an audit is never changed'); END;
CREATE TRIGGER audits_never_vanish BEFORE DELETE ON audits
BEGIN SELECT RAISE(ABORT, 'an audit is never deleted'); END;

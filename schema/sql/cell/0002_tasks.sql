-- What this object still has to do outside itself. A row is written in the same transaction as the
-- decision that needs it and deleted in the same transaction as the answer, so a crash anywhere
-- leaves it to be done again. Ordered by due time, so the next one is the first row.
CREATE TABLE tasks (
  due_at INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (due_at, id)
) STRICT, WITHOUT ROWID;

-- Operator switches of this object, e.g. `payouts_frozen`.
CREATE TABLE flags (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

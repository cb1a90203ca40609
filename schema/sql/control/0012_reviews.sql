-- The reviewers' queue over all cells: a copy of the cells' cases, kept up by their events.
CREATE TABLE review_cases (
  id TEXT PRIMARY KEY,
  cell TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Of the case in its cell: an older event changes nothing.
  version INTEGER NOT NULL,
  is_dispute INTEGER NOT NULL,
  approvals INTEGER NOT NULL,
  retailer TEXT NOT NULL,
  total_minor INTEGER,
  asked_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  claimed_by TEXT,
  claimed_until TEXT,
  decided_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX review_cases_by_due ON review_cases (state, due_at, id);
CREATE INDEX review_cases_by_decision ON review_cases (decided_at) WHERE decided_at IS NOT NULL;

-- What spot checks found, per field.
CREATE TABLE review_marks (
  case_id TEXT NOT NULL,
  field TEXT NOT NULL,
  is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
  at TEXT NOT NULL,
  PRIMARY KEY (case_id, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_marks_by_time ON review_marks (at);

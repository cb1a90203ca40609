-- The budget of one offer: what each cell holds of it. The money itself is in the book (0001).
CREATE TABLE cells (
  cell TEXT PRIMARY KEY,
  -- The cell asks one lease at a time, numbered; the last answer is kept to be repeated.
  lease_sequence INTEGER NOT NULL,
  granted_minor INTEGER NOT NULL CHECK (granted_minor >= 0),
  -- Granted so far and not returned.
  outstanding_minor INTEGER NOT NULL CHECK (outstanding_minor >= 0),
  -- Of it, what the cell may still spend or return, as of its report with this number.
  idle_minor INTEGER NOT NULL CHECK (idle_minor >= 0),
  report_sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A file that never entered the bank is handed in again under its own message id, of another day
-- (docs/decisions/0021): one person says that it is not there, another has looked and agrees.
CREATE TABLE bank_resubmissions (
  file_id TEXT NOT NULL REFERENCES bank_files (id),
  -- The first time that it is handed in again is 1.
  number INTEGER NOT NULL CHECK (number > 0),
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  -- All null until it is confirmed; then the file as it is handed in from now on.
  confirmed_by TEXT CHECK (confirmed_by <> asked_by),
  confirmed_at TEXT,
  -- SHA-256 of its bytes, hexadecimal.
  hash TEXT CHECK (length(hash) = 64),
  content_sealed TEXT,
  PRIMARY KEY (file_id, number),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK ((confirmed_by IS NULL) = (hash IS NULL)),
  CHECK ((confirmed_by IS NULL) = (content_sealed IS NULL))
) STRICT, WITHOUT ROWID;

-- One at a time, and none of a file about which the bank has said anything: it has that file.
CREATE TRIGGER bank_resubmissions_of_unanswered BEFORE INSERT ON bank_resubmissions
WHEN new.confirmed_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM bank_reports WHERE file_id = new.file_id)
  OR new.number <> 1 + (SELECT count(*) FROM bank_resubmissions
    WHERE file_id = new.file_id AND confirmed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a file without an answer is handed in again, once confirmed'); END;

CREATE TRIGGER bank_resubmissions_stay BEFORE UPDATE ON bank_resubmissions
WHEN new.file_id <> old.file_id OR new.number <> old.number OR new.reason <> old.reason
  OR new.asked_by <> old.asked_by OR new.asked_at <> old.asked_at
  OR old.confirmed_at IS NOT NULL OR new.confirmed_at IS NULL
  OR EXISTS (SELECT 1 FROM bank_reports WHERE file_id = old.file_id)
BEGIN SELECT RAISE(ABORT, 'what was said of a file is never changed'); END;
CREATE TRIGGER bank_resubmissions_never_vanish BEFORE DELETE ON bank_resubmissions
BEGIN SELECT RAISE(ABORT, 'what was said of a file is never deleted'); END;

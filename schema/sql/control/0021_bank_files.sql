-- Payouts that the operator's own bank carries by files of ISO 20022 (docs/decisions/0021). What is
-- kept here only grows: what the bank says of a payout is read from all that it ever said.
CREATE TABLE bank_instructions (
  -- The payout's key, the file's EndToEndId: made of market, wallet and payout.
  key TEXT PRIMARY KEY CHECK (length(key) = 32),
  market TEXT NOT NULL CHECK (length(market) = 2),
  wallet_id TEXT NOT NULL,
  payout_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  destination_masked TEXT NOT NULL,
  -- Sealed until it stands in a file, which is sealed as a whole.
  destination_sealed TEXT,
  asked_at TEXT NOT NULL,
  -- The cell has kept the key: from now on money may move.
  confirmed_at TEXT,
  UNIQUE (market, wallet_id, payout_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_instructions_by_time ON bank_instructions (asked_at, key);
CREATE INDEX bank_instructions_waiting ON bank_instructions (market, asked_at, key)
WHERE destination_sealed IS NOT NULL;

CREATE TRIGGER bank_instructions_stay BEFORE UPDATE ON bank_instructions
WHEN new.key <> old.key OR new.market <> old.market OR new.wallet_id <> old.wallet_id
  OR new.payout_id <> old.payout_id OR new.amount_minor <> old.amount_minor
  OR new.currency <> old.currency OR new.destination_masked <> old.destination_masked
  OR new.asked_at <> old.asked_at
  OR (old.confirmed_at IS NOT NULL AND new.confirmed_at IS NOT old.confirmed_at)
  OR (new.destination_sealed IS NOT old.destination_sealed AND (
    new.destination_sealed IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM bank_file_entries WHERE bank_file_entries.key = old.key)))
BEGIN SELECT RAISE(ABORT, 'an instruction is never changed'); END;

CREATE TRIGGER bank_instructions_never_vanish BEFORE DELETE ON bank_instructions
BEGIN SELECT RAISE(ABORT, 'an instruction is never deleted'); END;

-- A file as it was made, for ever: it is downloaded again, never made again.
CREATE TABLE bank_files (
  -- Made by the client; without its dashes the file's MsgId.
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  market TEXT NOT NULL CHECK (length(market) = 2),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  entries INTEGER NOT NULL CHECK (entries > 0),
  total_minor INTEGER NOT NULL CHECK (total_minor > 0),
  -- SHA-256 of its bytes, hexadecimal.
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  content_sealed TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_files_by_time ON bank_files (made_at, id);

CREATE TRIGGER bank_files_stay BEFORE UPDATE ON bank_files
BEGIN SELECT RAISE(ABORT, 'a bank file is never changed'); END;
CREATE TRIGGER bank_files_never_vanish BEFORE DELETE ON bank_files
BEGIN SELECT RAISE(ABORT, 'a bank file is never deleted'); END;

-- An instruction stands in one file, for ever: the key alone is the primary key.
CREATE TABLE bank_file_entries (
  key TEXT PRIMARY KEY REFERENCES bank_instructions (key),
  file_id TEXT NOT NULL REFERENCES bank_files (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_file_entries_by_file ON bank_file_entries (file_id, key);

CREATE TRIGGER bank_file_entries_confirmed BEFORE INSERT ON bank_file_entries
WHEN NOT EXISTS (
  SELECT 1 FROM bank_instructions JOIN bank_files USING (market, currency)
  WHERE bank_instructions.key = new.key AND bank_files.id = new.file_id
    AND bank_instructions.confirmed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'only a confirmed instruction of the same market enters a file'); END;

CREATE TRIGGER bank_file_entries_stay BEFORE UPDATE ON bank_file_entries
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER bank_file_entries_never_vanish BEFORE DELETE ON bank_file_entries
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

-- Status reports of the bank. The same bytes are one report, however often they are brought.
CREATE TABLE bank_reports (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  file_id TEXT NOT NULL REFERENCES bank_files (id),
  message_id TEXT NOT NULL,
  -- When the bank made it, by its own word.
  said_at TEXT NOT NULL,
  content_sealed TEXT NOT NULL,
  brought_by TEXT NOT NULL,
  brought_at TEXT NOT NULL,
  -- Refusals in it count from now on: a third person has compared it with the bank's site.
  confirmed_by TEXT CHECK (confirmed_by <> brought_by),
  confirmed_at TEXT,
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_reports_by_file ON bank_reports (file_id, brought_at);
CREATE INDEX bank_reports_by_time ON bank_reports (brought_at);
CREATE INDEX bank_reports_by_confirmation ON bank_reports (confirmed_at);

-- Nobody answers for a file that they made, neither by bringing a report nor by confirming it.
CREATE TRIGGER bank_reports_of_others BEFORE INSERT ON bank_reports
WHEN new.confirmed_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM bank_files WHERE id = new.file_id AND made_by = new.brought_by)
BEGIN SELECT RAISE(ABORT, 'a report is brought by another person, and confirmed later'); END;

CREATE TRIGGER bank_reports_stay BEFORE UPDATE ON bank_reports
WHEN new.hash <> old.hash OR new.file_id <> old.file_id OR new.message_id <> old.message_id
  OR new.said_at <> old.said_at OR new.content_sealed <> old.content_sealed
  OR new.brought_by <> old.brought_by OR new.brought_at <> old.brought_at
  OR old.confirmed_at IS NOT NULL OR new.confirmed_at IS NULL
  OR EXISTS (SELECT 1 FROM bank_files WHERE id = old.file_id AND made_by = new.confirmed_by)
BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END;
CREATE TRIGGER bank_reports_never_vanish BEFORE DELETE ON bank_reports
BEGIN SELECT RAISE(ABORT, 'a report is never deleted'); END;

-- What a report says of one instruction, in the bank's words.
CREATE TABLE bank_answers (
  report_hash TEXT NOT NULL REFERENCES bank_reports (hash),
  position INTEGER NOT NULL,
  key TEXT NOT NULL REFERENCES bank_file_entries (key),
  status TEXT NOT NULL,
  -- Null where the report does not repeat it.
  amount TEXT,
  currency TEXT,
  reason TEXT,
  -- Of the transfer itself, or of the group that it came in.
  scope TEXT NOT NULL CHECK (scope IN ('transfer', 'group')),
  PRIMARY KEY (report_hash, position),
  UNIQUE (report_hash, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_answers_by_key ON bank_answers (key);

CREATE TRIGGER bank_answers_stay BEFORE UPDATE ON bank_answers
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER bank_answers_never_vanish BEFORE DELETE ON bank_answers
BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;

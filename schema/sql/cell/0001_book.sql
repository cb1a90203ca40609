-- The book that every money object keeps: accounts, and transfers that only grow.
-- A balance is credits minus debits; it changes through transfers alone (trigger below), and the
-- kind of the account fixes its sign at every commit.
CREATE TABLE accounts (
  currency TEXT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('liability', 'asset', 'income', 'expense', 'mirror')),
  balance_minor INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (currency, code),
  CONSTRAINT never_below_zero CHECK (kind NOT IN ('liability', 'income') OR balance_minor >= 0),
  CONSTRAINT never_above_zero CHECK (kind NOT IN ('asset', 'expense') OR balance_minor <= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE transfers (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  currency TEXT NOT NULL,
  debit TEXT NOT NULL,
  credit TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  code TEXT NOT NULL,
  reference TEXT NOT NULL,
  -- The wallet it touches, for the shopper's history; null for fees and leases.
  wallet_id TEXT,
  at INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK (debit <> credit),
  FOREIGN KEY (currency, debit) REFERENCES accounts (currency, code),
  FOREIGN KEY (currency, credit) REFERENCES accounts (currency, code)
) STRICT;

CREATE INDEX transfers_of_wallet ON transfers (wallet_id, sequence) WHERE wallet_id IS NOT NULL;

CREATE TRIGGER transfers_are_gapless BEFORE INSERT ON transfers
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM transfers)
BEGIN SELECT RAISE(ABORT, 'transfers are numbered without gaps'); END;

CREATE TRIGGER transfers_move_balances AFTER INSERT ON transfers
BEGIN
  UPDATE accounts SET balance_minor = balance_minor - NEW.amount_minor
    WHERE currency = NEW.currency AND code = NEW.debit;
  UPDATE accounts SET balance_minor = balance_minor + NEW.amount_minor
    WHERE currency = NEW.currency AND code = NEW.credit;
END;

CREATE TRIGGER transfers_never_change BEFORE UPDATE ON transfers
BEGIN SELECT RAISE(ABORT, 'a transfer is never changed'); END;

CREATE TRIGGER transfers_never_vanish BEFORE DELETE ON transfers
BEGIN SELECT RAISE(ABORT, 'a transfer is never deleted'); END;

CREATE TRIGGER accounts_never_vanish BEFORE DELETE ON accounts
BEGIN SELECT RAISE(ABORT, 'an account is never deleted'); END;

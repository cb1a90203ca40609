-- People: accounts and sessions (better-auth's tables under our names), wallets, consents, staff.
-- Instants are ISO 8601 texts in UTC, as better-auth writes them; booleans are 0 or 1.

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  -- A shopper signs in by phone, staff by e-mail; one account never does both.
  kind TEXT NOT NULL CHECK (kind IN ('shopper', 'staff')),
  name TEXT NOT NULL DEFAULT '',
  -- better-auth wants an address for everyone; a shopper's ends in .invalid, no mail goes there.
  email TEXT NOT NULL UNIQUE,
  email_verified INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1)),
  image TEXT,
  phone TEXT UNIQUE,
  locale TEXT NOT NULL DEFAULT 'ru' CHECK (locale IN ('ru', 'en')),
  two_factor_enabled INTEGER NOT NULL DEFAULT 0 CHECK (two_factor_enabled IN (0, 1)),
  adult_confirmed_at TEXT,
  phone_changed_at TEXT,
  erased_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((phone IS NOT NULL) = (kind = 'shopper' AND erased_at IS NULL))
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id),
  device_id TEXT,
  ip TEXT,
  user_agent TEXT,
  -- When this session last proved the second factor (staff) or the phone again (shopper).
  second_factor_at TEXT,
  reauthenticated_at TEXT,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- better-auth requires both tables; with codes kept in the limiter they stay almost empty.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  account_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  access_token TEXT,
  refresh_token TEXT,
  id_token TEXT,
  access_token_expires_at TEXT,
  refresh_token_expires_at TEXT,
  scope TEXT,
  password TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX accounts_by_user ON accounts (user_id);

CREATE TABLE verifications (
  id TEXT PRIMARY KEY,
  identifier TEXT NOT NULL,
  value TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX verifications_by_identifier ON verifications (identifier);

-- The authenticator's secret and the backup codes, encrypted with the application's secret.
CREATE TABLE two_factors (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL UNIQUE REFERENCES users (id),
  secret TEXT NOT NULL,
  backup_codes TEXT NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
  failed_verification_count INTEGER NOT NULL DEFAULT 0,
  locked_until TEXT
) STRICT;

-- A wallet is not a person: its people may change, and it outlives an erased account.
CREATE TABLE wallets (
  id TEXT PRIMARY KEY,
  slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 4095),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE wallet_members (
  -- One wallet a person; several people a wallet.
  user_id TEXT PRIMARY KEY REFERENCES users (id),
  wallet_id TEXT NOT NULL REFERENCES wallets (id),
  joined_at TEXT NOT NULL
) STRICT;
CREATE INDEX wallet_members_by_wallet ON wallet_members (wallet_id);

-- Every answer to every consent, in order. History only grows.
CREATE TABLE consent_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL REFERENCES users (id),
  purpose TEXT NOT NULL CHECK (
    purpose IN ('terms', 'personal_data', 'marketing_sms', 'marketing_push', 'partner_sharing')
  ),
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  text_version TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX consent_log_by_user ON consent_log (user_id, purpose, id);

-- The network address an answer came from: personal data, so it leaves with the person while the
-- answer itself stays.
CREATE TABLE consent_addresses (
  consent_id INTEGER PRIMARY KEY REFERENCES consent_log (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  ip TEXT NOT NULL
) STRICT;
CREATE INDEX consent_addresses_by_user ON consent_addresses (user_id);

-- What happened to an account, without personal data. History only grows.
CREATE TABLE member_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL REFERENCES users (id),
  event TEXT NOT NULL CHECK (
    event IN (
      'signed_up', 'adult_confirmed', 'phone_changed', 'second_factor_enrolled',
      'signed_out_everywhere', 'exported', 'erased'
    )
  ),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX member_log_by_user ON member_log (user_id, id);

CREATE TRIGGER consent_log_never_changes BEFORE UPDATE ON consent_log
BEGIN SELECT RAISE(ABORT, 'consent_log is append-only'); END;
CREATE TRIGGER consent_log_never_shrinks BEFORE DELETE ON consent_log
BEGIN SELECT RAISE(ABORT, 'consent_log is append-only'); END;
CREATE TRIGGER consent_addresses_never_change BEFORE UPDATE ON consent_addresses
BEGIN SELECT RAISE(ABORT, 'consent_addresses is append-only'); END;
CREATE TRIGGER consent_addresses_leave_with_the_person BEFORE DELETE ON consent_addresses
WHEN (SELECT erased_at FROM users WHERE id = old.user_id) IS NULL
BEGIN SELECT RAISE(ABORT, 'consent_addresses leave only with the person'); END;
CREATE TRIGGER member_log_never_changes BEFORE UPDATE ON member_log
BEGIN SELECT RAISE(ABORT, 'member_log is append-only'); END;
CREATE TRIGGER member_log_never_shrinks BEFORE DELETE ON member_log
BEGIN SELECT RAISE(ABORT, 'member_log is append-only'); END;

-- Staff of partners. A person may serve several partners; `joined_at` is set at the first sign-in.
CREATE TABLE partner_staff (
  -- The partners come with the control plane's own migration.
  partner_id TEXT NOT NULL REFERENCES partners (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'marketer', 'finance', 'cashier', 'viewer')),
  invited_by TEXT REFERENCES users (id),
  invited_at TEXT NOT NULL,
  joined_at TEXT,
  PRIMARY KEY (partner_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX partner_staff_by_user ON partner_staff (user_id);

-- A partner keeps at least one owner who has joined, whatever races whatever.
CREATE TRIGGER partner_staff_last_owner_stays BEFORE DELETE ON partner_staff
WHEN old.role = 'owner' AND old.joined_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM partner_staff WHERE partner_id = old.partner_id AND user_id <> old.user_id
    AND role = 'owner' AND joined_at IS NOT NULL
)
BEGIN SELECT RAISE(ABORT, 'last_owner'); END;
CREATE TRIGGER partner_staff_last_owner_keeps_role BEFORE UPDATE ON partner_staff
WHEN old.role = 'owner' AND old.joined_at IS NOT NULL
  AND (new.role <> 'owner' OR new.joined_at IS NULL OR new.partner_id <> old.partner_id)
  AND NOT EXISTS (
    SELECT 1 FROM partner_staff WHERE partner_id = old.partner_id AND user_id <> old.user_id
      AND role = 'owner' AND joined_at IS NOT NULL
  )
BEGIN SELECT RAISE(ABORT, 'last_owner'); END;

CREATE TABLE operator_staff (
  user_id TEXT PRIMARY KEY REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('admin', 'support', 'finance')),
  granted_at TEXT NOT NULL
) STRICT;

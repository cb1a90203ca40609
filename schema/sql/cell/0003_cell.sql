-- A cell: the wallets, receipts, leases and payouts of its share of the shoppers.
CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  wallet_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN (
    'received', 'verifying', 'awaiting_authority', 'awaiting_budget',
    'credited', 'no_reward', 'duplicate', 'rejected', 'released')),
  -- Whether the network-wide claim is ours: asked, held, to be given back, given back.
  claim TEXT NOT NULL CHECK (claim IN ('none', 'asked', 'held', 'releasing', 'released')),
  version INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  -- Wall-clock minute at the place of sale, and its day for the daily limits.
  purchased_at TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  reward_minor INTEGER NOT NULL DEFAULT 0 CHECK (reward_minor >= 0),
  checks INTEGER NOT NULL DEFAULT 0,
  -- Due time of this receipt's one task, so that it can be found and deleted; null at rest.
  task_due_at INTEGER,
  snapshot_version INTEGER,
  till TEXT,
  store_name TEXT,
  content_key TEXT NOT NULL,
  -- JSON, largest last: the scan, the reason, the timeline, the judged document.
  scan TEXT NOT NULL,
  reason TEXT,
  timeline TEXT NOT NULL,
  judged TEXT,
  CHECK (state <> 'credited' OR (reward_minor > 0 AND claim = 'held')),
  CHECK (state = 'credited' OR reward_minor = 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipts_by_wallet ON receipts (wallet_id, submitted_at);
-- For the operator's list; written once, at submission.
CREATE INDEX receipts_by_time ON receipts (submitted_at);

-- Facts for caps: what a wallet has earned from an offer, for its life and for the latest periods.
CREATE TABLE counters (
  wallet_id TEXT NOT NULL,
  offer_id TEXT NOT NULL,
  -- `life`, or the period's key such as `month:2026-11`.
  period TEXT NOT NULL,
  earned_minor INTEGER NOT NULL CHECK (earned_minor >= 0),
  receipts INTEGER NOT NULL CHECK (receipts >= 0),
  PRIMARY KEY (wallet_id, offer_id, period)
) STRICT, WITHOUT ROWID;

-- Rewards promised to shoppers who activated an offer.
CREATE TABLE activations (
  wallet_id TEXT NOT NULL,
  offer_id TEXT NOT NULL,
  -- Grows when an offer is activated again after the former one was used or has lapsed.
  sequence INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'used', 'lapsed')),
  offer_version INTEGER NOT NULL,
  partner_id TEXT NOT NULL,
  reserved_minor INTEGER NOT NULL CHECK (reserved_minor > 0),
  activated_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (wallet_id, offer_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_active_activation ON activations (wallet_id, offer_id)
WHERE state = 'active';

-- Held money by the moment it becomes available.
CREATE TABLE holds (
  available_at INTEGER NOT NULL,
  wallet_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  released_at INTEGER,
  PRIMARY KEY (wallet_id, available_at)
) STRICT, WITHOUT ROWID;

-- The latest lease of each offer's budget: one is asked at a time, numbered, until it is answered.
CREATE TABLE leases (
  offer_id TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL,
  want_minor INTEGER NOT NULL CHECK (want_minor > 0),
  least_minor INTEGER NOT NULL CHECK (least_minor > 0),
  asked_at INTEGER NOT NULL,
  task_due_at INTEGER,
  -- Null until answered; 0 means the budget is exhausted.
  granted_minor INTEGER CHECK (granted_minor >= 0)
) STRICT, WITHOUT ROWID;

-- Receipts that wait for a lease of an offer, with what each needs at least.
CREATE TABLE waiters (
  offer_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  need_minor INTEGER NOT NULL,
  PRIMARY KEY (offer_id, receipt_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE payouts (
  id TEXT PRIMARY KEY,
  wallet_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  state TEXT NOT NULL CHECK (state IN ('asked', 'on_its_way', 'arrived', 'came_back')),
  version INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  destination_code TEXT NOT NULL,
  destination_masked TEXT NOT NULL,
  bank_name TEXT,
  -- Sealed with the network's key until the end state, then null.
  destination_sealed TEXT,
  provider_id TEXT,
  attempts INTEGER NOT NULL,
  first_sent_at INTEGER,
  requested_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  task_due_at INTEGER,
  reason TEXT,
  last_error TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX payouts_by_wallet ON payouts (wallet_id, requested_at);

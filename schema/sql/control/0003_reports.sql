-- Reports: rolled up from the cells' events, at least once and in no order. Never the source of truth.

-- Events that have been counted; repeats are dropped by id in the batch that counts them.
CREATE TABLE consumed_events (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consumed_events_by_age ON consumed_events (at);

-- One verdict of one offer on one line. No shopper, no wallet, no receipt: partners may not know them.
CREATE TABLE redemptions (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  offer_id TEXT NOT NULL,
  at TEXT NOT NULL,
  store_name TEXT,
  line_name TEXT NOT NULL,
  sum_minor INTEGER NOT NULL,
  reward_minor INTEGER NOT NULL,
  fee_minor INTEGER NOT NULL,
  rule TEXT NOT NULL,
  limited_by TEXT
) STRICT;
CREATE INDEX redemptions_by_offer ON redemptions (offer_id, sequence);

CREATE TABLE offer_days (
  offer_id TEXT NOT NULL,
  partner_id TEXT NOT NULL,
  -- Calendar day in the market's zone.
  day TEXT NOT NULL,
  -- Receipts that the offer paid on, and verdicts that paid nothing.
  redemptions INTEGER NOT NULL DEFAULT 0,
  refusals INTEGER NOT NULL DEFAULT 0,
  reward_minor INTEGER NOT NULL DEFAULT 0,
  fee_minor INTEGER NOT NULL DEFAULT 0,
  -- Reserved by activations of that day.
  reserved_minor INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (offer_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_days_by_partner ON offer_days (partner_id, day);

CREATE TABLE offer_totals (
  offer_id TEXT PRIMARY KEY,
  partner_id TEXT NOT NULL,
  redemptions INTEGER NOT NULL DEFAULT 0,
  refusals INTEGER NOT NULL DEFAULT 0,
  reward_minor INTEGER NOT NULL DEFAULT 0,
  fee_minor INTEGER NOT NULL DEFAULT 0,
  -- Held by activations that are still open.
  reserved_minor INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_totals_by_partner ON offer_totals (partner_id);

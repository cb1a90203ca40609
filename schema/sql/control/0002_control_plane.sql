-- The control plane: partners, shops, catalogue, offers, invoices, what staff did.
-- Instants are ISO 8601 texts in UTC; amounts are kopecks; booleans are 0 or 1.

CREATE TABLE partners (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  legal_name TEXT NOT NULL,
  tax_number TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('brand', 'retailer', 'both')),
  contact_name TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  website TEXT NOT NULL,
  -- Names, tax number and id, folded, for the operator's search.
  words TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('applied', 'active', 'suspended', 'declined')),
  state_reason TEXT,
  -- Set while suspended: purchases from then on earn nothing.
  suspended_at TEXT,
  fee_bps INTEGER NOT NULL CHECK (fee_bps BETWEEN 0 AND 10000),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at TEXT NOT NULL,
  CHECK ((suspended_at IS NOT NULL) = (state = 'suspended'))
) STRICT;
-- A receipt's tax number leads to one retailer: applications may repeat a number, contracts may not.
CREATE UNIQUE INDEX partners_by_tax_number ON partners (tax_number)
  WHERE state IN ('active', 'suspended');
CREATE INDEX partners_by_age ON partners (created_at, id);

CREATE TABLE stores (
  id TEXT PRIMARY KEY,
  partner_id TEXT NOT NULL REFERENCES partners (id),
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX stores_by_partner ON stores (partner_id, created_at, id);

CREATE TABLE tills (
  id TEXT PRIMARY KEY,
  store_id TEXT NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  registration TEXT NOT NULL UNIQUE CHECK (length(registration) = 16),
  -- Null until it is known; drives are replaced, registrations stay.
  fiscal_drive TEXT UNIQUE CHECK (length(fiscal_drive) = 16),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX tills_by_store ON tills (store_id, created_at, id);

-- Fiscal drives that the operator has assigned to a shop whose till registration is not known.
CREATE TABLE store_drives (
  fiscal_drive TEXT PRIMARY KEY CHECK (length(fiscal_drive) = 16),
  store_id TEXT NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  assigned_at TEXT NOT NULL
) STRICT;
CREATE INDEX store_drives_by_store ON store_drives (store_id);

-- A fiscal drive stands in one shop, whichever table knows it.
CREATE TRIGGER tills_drive_taken BEFORE INSERT ON tills
WHEN EXISTS (
  SELECT 1 FROM store_drives WHERE fiscal_drive = new.fiscal_drive AND store_id <> new.store_id
)
BEGIN SELECT RAISE(ABORT, 'taken'); END;
CREATE TRIGGER tills_drive_taken_later BEFORE UPDATE OF fiscal_drive ON tills
WHEN EXISTS (
  SELECT 1 FROM store_drives WHERE fiscal_drive = new.fiscal_drive AND store_id <> new.store_id
)
BEGIN SELECT RAISE(ABORT, 'taken'); END;
CREATE TRIGGER store_drives_taken BEFORE INSERT ON store_drives
WHEN EXISTS (
  SELECT 1 FROM tills WHERE fiscal_drive = new.fiscal_drive AND store_id <> new.store_id
)
BEGIN SELECT RAISE(ABORT, 'taken'); END;

-- Shops that receipts came from and nobody registered.
CREATE TABLE unknown_stores (
  fiscal_drive TEXT PRIMARY KEY,
  till_registration TEXT,
  tax_number TEXT,
  name TEXT,
  address TEXT,
  receipts INTEGER NOT NULL CHECK (receipts >= 1),
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX unknown_stores_by_receipts ON unknown_stores (receipts, fiscal_drive);

CREATE TABLE products (
  id TEXT PRIMARY KEY,
  partner_id TEXT NOT NULL REFERENCES partners (id),
  -- As written, and as 14 digits; both empty when there is none.
  gtin TEXT NOT NULL,
  gtin_canonical TEXT NOT NULL CHECK (length(gtin_canonical) IN (0, 14)),
  name TEXT NOT NULL,
  brand TEXT NOT NULL,
  -- Folded: brands and names are compared without regard to case.
  brand_key TEXT NOT NULL,
  name_key TEXT NOT NULL,
  category TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  unit TEXT NOT NULL CHECK (unit IN ('g', 'ml', 'piece')),
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX products_by_gtin ON products (partner_id, gtin_canonical)
  WHERE gtin_canonical <> '';
-- Without a number the same pack is the same brand, name and size.
CREATE UNIQUE INDEX products_by_pack ON products (partner_id, name_key, brand_key, size, unit)
  WHERE gtin_canonical = '';
CREATE INDEX products_by_partner ON products (partner_id, created_at, id);
CREATE INDEX products_by_age ON products (created_at, id);
CREATE INDEX products_network_gtin ON products (gtin_canonical) WHERE gtin_canonical <> '';
CREATE INDEX products_by_brand ON products (brand_key, brand);

-- Receipt lines that people have matched by hand; an empty retailer means every shop.
CREATE TABLE product_aliases (
  id TEXT PRIMARY KEY,
  retailer_id TEXT NOT NULL,
  line TEXT NOT NULL,
  line_key TEXT NOT NULL,
  product_id TEXT NOT NULL REFERENCES products (id),
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (retailer_id, line_key)
) STRICT;
CREATE INDEX product_aliases_by_age ON product_aliases (created_at, id);

CREATE TABLE offers (
  id TEXT PRIMARY KEY,
  partner_id TEXT NOT NULL REFERENCES partners (id),
  market TEXT NOT NULL CHECK (market IN ('ru')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'paused', 'ended')),
  -- The newest published version; 0 before the first.
  version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
  -- OfferDraft as JSON: what the marketer wrote last.
  draft TEXT NOT NULL,
  -- LocalText as JSON: the one-line summary generated from the draft.
  text TEXT NOT NULL,
  published_at TEXT,
  -- Set while paused or since the end: purchases from then on earn nothing.
  stopped_at TEXT,
  -- Everything that was left of the budget has gone back to the partner.
  settled_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((version = 0) = (published_at IS NULL)),
  CHECK (state <> 'draft' OR version = 0),
  CHECK ((stopped_at IS NOT NULL) = (state IN ('paused', 'ended')))
) STRICT;
CREATE INDEX offers_by_partner ON offers (partner_id, created_at, id);
CREATE INDEX offers_by_state ON offers (state, settled_at);

-- What was published. A published version never changes: receipts are judged and re-judged by it.
CREATE TABLE offer_versions (
  offer_id TEXT NOT NULL REFERENCES offers (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  -- OfferVersion without `stoppedAt`, as JSON.
  content TEXT NOT NULL,
  -- Generated texts as JSON: rewardText, summary, terms.
  text TEXT NOT NULL,
  published_at TEXT NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (offer_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER offer_versions_never_change BEFORE UPDATE ON offer_versions
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER offer_versions_never_leave BEFORE DELETE ON offer_versions
BEGIN SELECT RAISE(ABORT, 'a published version never leaves'); END;
CREATE TRIGGER offer_versions_without_gaps BEFORE INSERT ON offer_versions
WHEN new.version <> 1 + (
  SELECT coalesce(max(version), 0) FROM offer_versions WHERE offer_id = new.offer_id
)
BEGIN SELECT RAISE(ABORT, 'versions have no gaps'); END;

-- Money asked for an offer, before the partner's book is asked: after a crash the same id is asked again.
CREATE TABLE offer_commits (
  id TEXT PRIMARY KEY,
  offer_id TEXT NOT NULL REFERENCES offers (id),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'short')),
  at TEXT NOT NULL,
  UNIQUE (offer_id, sequence)
) STRICT;
-- One question at a time, so that two publications at once cannot commit twice.
CREATE UNIQUE INDEX offer_commits_open ON offer_commits (offer_id) WHERE state = 'asked';

-- What shoppers browse: one row per offer that is live, written with its publication.
CREATE TABLE offer_cards (
  offer_id TEXT PRIMARY KEY REFERENCES offers (id),
  partner_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  -- Title, partner, brand, summary and shops, folded, for the search.
  words TEXT NOT NULL,
  everywhere INTEGER NOT NULL CHECK (everywhere IN (0, 1)),
  -- The purchase window as instants.
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  published_at TEXT NOT NULL
) STRICT;
CREATE INDEX offer_cards_by_age ON offer_cards (published_at, offer_id);
CREATE TABLE offer_card_retailers (
  retailer_id TEXT NOT NULL,
  offer_id TEXT NOT NULL REFERENCES offer_cards (offer_id) ON DELETE CASCADE,
  PRIMARY KEY (retailer_id, offer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_card_retailers_by_offer ON offer_card_retailers (offer_id);

-- The versions of a market's compiled snapshot, and whether something has changed since.
CREATE TABLE markets (
  code TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 0,
  products_version INTEGER NOT NULL DEFAULT 0,
  changes INTEGER NOT NULL DEFAULT 0,
  compiled_changes INTEGER NOT NULL DEFAULT 0,
  product_changes INTEGER NOT NULL DEFAULT 0,
  compiled_product_changes INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO markets (code) VALUES ('ru');
-- Versions count up by one and never down: a receipt keeps the number that it was judged by.
CREATE TRIGGER markets_versions_without_gaps BEFORE UPDATE OF version, products_version ON markets
WHEN new.version - old.version NOT IN (0, 1)
  OR new.products_version - old.products_version NOT IN (0, 1)
BEGIN SELECT RAISE(ABORT, 'snapshot versions have no gaps'); END;

CREATE TABLE invoices (
  id TEXT PRIMARY KEY,
  -- Printed as К-000123.
  number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
  partner_id TEXT NOT NULL REFERENCES partners (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  state TEXT NOT NULL CHECK (state IN ('issued', 'paid', 'cancelled')),
  issued_at TEXT NOT NULL,
  paid_at TEXT,
  -- One incoming payment pays one invoice.
  bank_reference TEXT UNIQUE,
  -- The partner's book has the money; asked again until it has.
  deposited_at TEXT,
  CHECK ((paid_at IS NOT NULL) = (state = 'paid')),
  CHECK ((bank_reference IS NOT NULL) = (state = 'paid')),
  CHECK (deposited_at IS NULL OR state = 'paid')
) STRICT;
CREATE INDEX invoices_by_partner ON invoices (partner_id, number);
CREATE INDEX invoices_undeposited ON invoices (paid_at) WHERE state = 'paid' AND deposited_at IS NULL;
-- Paid and cancelled are ends.
CREATE TRIGGER invoices_ends BEFORE UPDATE OF state, amount_minor, bank_reference ON invoices
WHEN old.state <> 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is closed'); END;

-- What staff changed, by whom and why. History only grows.
CREATE TABLE staff_actions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  -- Null for the operator's own staff.
  partner_id TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  request_id TEXT NOT NULL
) STRICT;
CREATE INDEX staff_actions_by_partner ON staff_actions (partner_id, id);
CREATE TRIGGER staff_actions_never_change BEFORE UPDATE ON staff_actions
BEGIN SELECT RAISE(ABORT, 'staff_actions is append-only'); END;
CREATE TRIGGER staff_actions_never_shrink BEFORE DELETE ON staff_actions
BEGIN SELECT RAISE(ABORT, 'staff_actions is append-only'); END;

-- Whatever the snapshot is compiled from counts its changes, so that no writer can forget to.
CREATE TRIGGER partners_changed AFTER UPDATE OF name, tax_number, kind, state ON partners
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER stores_added AFTER INSERT ON stores
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER stores_changed AFTER UPDATE ON stores
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER stores_removed AFTER DELETE ON stores
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER tills_added AFTER INSERT ON tills
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER tills_changed AFTER UPDATE ON tills
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER tills_removed AFTER DELETE ON tills
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER store_drives_added AFTER INSERT ON store_drives
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER store_drives_removed AFTER DELETE ON store_drives
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER offers_changed AFTER UPDATE OF state, version ON offers
BEGIN UPDATE markets SET changes = changes + 1; END;
CREATE TRIGGER products_added AFTER INSERT ON products
BEGIN UPDATE markets SET product_changes = product_changes + 1; END;
CREATE TRIGGER products_changed AFTER UPDATE ON products
BEGIN UPDATE markets SET product_changes = product_changes + 1; END;
CREATE TRIGGER product_aliases_added AFTER INSERT ON product_aliases
BEGIN UPDATE markets SET product_changes = product_changes + 1; END;
CREATE TRIGGER product_aliases_changed AFTER UPDATE ON product_aliases
BEGIN UPDATE markets SET product_changes = product_changes + 1; END;
CREATE TRIGGER product_aliases_removed AFTER DELETE ON product_aliases
BEGIN UPDATE markets SET product_changes = product_changes + 1; END;

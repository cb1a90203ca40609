-- A partner is a legal person of one country; its shops, goods, offers and money are of that market.
ALTER TABLE partners ADD COLUMN market TEXT NOT NULL DEFAULT 'ru' CHECK (length(market) = 2);
CREATE TRIGGER partners_stay_in_market BEFORE UPDATE OF market ON partners
WHEN new.market <> old.market
BEGIN SELECT RAISE(ABORT, 'a partner stays in its market'); END;
-- Tax numbers of different countries may look alike.
DROP INDEX partners_by_tax_number;
CREATE UNIQUE INDEX partners_by_tax_number ON partners (market, tax_number)
  WHERE state IN ('active', 'suspended');
CREATE INDEX partners_by_market ON partners (market, state);
-- An offer's market is its partner's.
ALTER TABLE offers DROP COLUMN market;

INSERT INTO markets (code) VALUES ('at'), ('kz');

-- Tills are named by their country's rule, and drives are a Russian matter.
CREATE TABLE tills_of_all_markets (
  id TEXT PRIMARY KEY,
  store_id TEXT NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  -- Russia: 16 digits of the registration. Elsewhere as the code says it, `at:1A2B:KASSE-1`.
  registration TEXT NOT NULL UNIQUE CHECK (length(registration) BETWEEN 4 AND 120),
  -- Null until it is known; drives are replaced, registrations stay.
  fiscal_drive TEXT UNIQUE CHECK (length(fiscal_drive) = 16),
  created_at TEXT NOT NULL,
  -- The purchase by which the drive was learned, by the clock of the shop; null: people typed it.
  drive_seen_at TEXT
) STRICT;
INSERT INTO tills_of_all_markets
  SELECT id, store_id, registration, fiscal_drive, created_at, drive_seen_at FROM tills;
-- It reads the table that is about to leave.
DROP TRIGGER store_drives_taken;
DROP TABLE tills;
ALTER TABLE tills_of_all_markets RENAME TO tills;
CREATE INDEX tills_by_store ON tills (store_id, created_at, id);
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

-- A change concerns the snapshot of its own market alone.
DROP TRIGGER partners_changed;
CREATE TRIGGER partners_changed AFTER UPDATE OF name, tax_number, kind, state ON partners
BEGIN UPDATE markets SET changes = changes + 1 WHERE code = new.market; END;
DROP TRIGGER stores_added;
CREATE TRIGGER stores_added AFTER INSERT ON stores
BEGIN UPDATE markets SET changes = changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id); END;
DROP TRIGGER stores_changed;
CREATE TRIGGER stores_changed AFTER UPDATE ON stores
BEGIN UPDATE markets SET changes = changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id); END;
DROP TRIGGER stores_removed;
CREATE TRIGGER stores_removed AFTER DELETE ON stores
BEGIN UPDATE markets SET changes = changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = old.partner_id); END;
CREATE TRIGGER tills_added AFTER INSERT ON tills
BEGIN UPDATE markets SET changes = changes + 1 WHERE code = (
  SELECT market FROM partners JOIN stores ON partner_id = partners.id
  WHERE stores.id = new.store_id); END;
CREATE TRIGGER tills_changed AFTER UPDATE ON tills
BEGIN UPDATE markets SET changes = changes + 1 WHERE code = (
  SELECT market FROM partners JOIN stores ON partner_id = partners.id
  WHERE stores.id = new.store_id); END;
-- With a shop its tills leave after it: whose they were cannot be asked any more.
CREATE TRIGGER tills_removed AFTER DELETE ON tills
BEGIN UPDATE markets SET changes = changes + 1 WHERE code = coalesce((
  SELECT market FROM partners JOIN stores ON partner_id = partners.id
  WHERE stores.id = old.store_id), code); END;
DROP TRIGGER offers_changed;
CREATE TRIGGER offers_changed AFTER UPDATE OF state, version ON offers
BEGIN UPDATE markets SET changes = changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id); END;
DROP TRIGGER products_added;
CREATE TRIGGER products_added AFTER INSERT ON products
BEGIN UPDATE markets SET product_changes = product_changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id); END;
DROP TRIGGER products_changed;
CREATE TRIGGER products_changed AFTER UPDATE ON products
BEGIN UPDATE markets SET product_changes = product_changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id); END;
DROP TRIGGER product_aliases_added;
CREATE TRIGGER product_aliases_added AFTER INSERT ON product_aliases
BEGIN UPDATE markets SET product_changes = product_changes + 1 WHERE code = (
  SELECT market FROM partners JOIN products ON partner_id = partners.id
  WHERE products.id = new.product_id); END;
DROP TRIGGER product_aliases_changed;
CREATE TRIGGER product_aliases_changed AFTER UPDATE ON product_aliases
BEGIN UPDATE markets SET product_changes = product_changes + 1 WHERE code = (
  SELECT market FROM partners JOIN products ON partner_id = partners.id
  WHERE products.id = new.product_id); END;
DROP TRIGGER product_aliases_removed;
CREATE TRIGGER product_aliases_removed AFTER DELETE ON product_aliases
BEGIN UPDATE markets SET product_changes = product_changes + 1 WHERE code = (
  SELECT market FROM partners JOIN products ON partner_id = partners.id
  WHERE products.id = old.product_id); END;

-- Keys of tills and certificates that somebody vouches for (fiscal/src/signature/key-ring.ts).
CREATE TABLE fiscal_keys (
  id TEXT PRIMARY KEY,
  country TEXT NOT NULL CHECK (length(country) = 2),
  -- AT: who issued the certificate; elsewhere empty.
  provider TEXT NOT NULL,
  -- AT: serial of the certificate. DE: SHA-256 of the key. IN: kid. CL: IDK.
  key_id TEXT NOT NULL,
  -- Whose tills sign with it; null for the key of an authority.
  partner_id TEXT REFERENCES partners (id),
  -- PEM or JWK, public part only.
  key TEXT NOT NULL CHECK (length(key) BETWEEN 40 AND 8000),
  state TEXT NOT NULL CHECK (state IN ('asked', 'registered', 'declined', 'revoked')),
  valid_from TEXT,
  valid_until TEXT,
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  -- The operator's staff who compared it with the certificate or the device's papers.
  registered_by TEXT,
  registered_at TEXT,
  revoked_at TEXT,
  CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)),
  CHECK (state <> 'registered' OR registered_by IS NOT NULL)
) STRICT;
-- One key has one owner, whoever else asks for it.
CREATE UNIQUE INDEX fiscal_keys_in_force ON fiscal_keys (country, provider, key_id)
  WHERE state IN ('registered', 'revoked');
CREATE INDEX fiscal_keys_by_partner ON fiscal_keys (partner_id, asked_at, id);
CREATE INDEX fiscal_keys_by_state ON fiscal_keys (state, asked_at, id);

-- What a class of trust may earn without further confirmation, where the operator has departed from
-- the safe defaults (schema/src/market.ts).
CREATE TABLE trust_rules (
  market TEXT NOT NULL REFERENCES markets (code),
  trust TEXT NOT NULL CHECK (
    trust IN ('signed', 'signed_unregistered', 'checksum', 'lookup', 'reference')
  ),
  rule TEXT NOT NULL CHECK (rule IN ('pays', 'confirm')),
  changed_by TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (market, trust)
) STRICT, WITHOUT ROWID;

-- Products that may be otherwise than in the base of the published catalogue: what has been edited
-- since it was made, and what shared a GTIN with them. One row a product, however often edited.
CREATE TABLE product_edits (
  market TEXT NOT NULL,
  product_id TEXT NOT NULL,
  -- Changes of the market's products counted with the last edit.
  change INTEGER NOT NULL,
  PRIMARY KEY (market, product_id)
) STRICT, WITHOUT ROWID;

DROP TRIGGER products_added;
CREATE TRIGGER products_added AFTER INSERT ON products
BEGIN
  UPDATE markets SET product_changes = product_changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id);
  INSERT INTO product_edits (market, product_id, change)
  SELECT code, new.id, product_changes FROM markets
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id)
  ON CONFLICT (market, product_id) DO UPDATE SET change = excluded.change;
END;
DROP TRIGGER products_changed;
CREATE TRIGGER products_changed AFTER UPDATE ON products
BEGIN
  UPDATE markets SET product_changes = product_changes + 1
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id);
  INSERT INTO product_edits (market, product_id, change)
  SELECT code, new.id, product_changes FROM markets
  WHERE code = (SELECT market FROM partners WHERE id = new.partner_id)
  ON CONFLICT (market, product_id) DO UPDATE SET change = excluded.change;
  -- Another product may stand for those that bear the number which this one has lost.
  INSERT INTO product_edits (market, product_id, change)
  SELECT code, other.id, product_changes FROM products AS other
  JOIN partners ON partners.id = other.partner_id JOIN markets ON code = market
  WHERE other.gtin_canonical = old.gtin_canonical AND old.gtin_canonical <> ''
    AND old.gtin_canonical <> new.gtin_canonical
    AND market = (SELECT market FROM partners WHERE id = new.partner_id)
  ON CONFLICT (market, product_id) DO UPDATE SET change = excluded.change;
END;

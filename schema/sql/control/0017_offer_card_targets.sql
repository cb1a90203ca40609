-- What a shown offer pays for, so that the barcode of a product leads to its offers. An offer on
-- whole receipts names no goods and is not here.
CREATE TABLE offer_card_targets (
  kind TEXT NOT NULL CHECK (kind IN ('product', 'brand', 'category')),
  -- The product's id, the folded brand, the category.
  key TEXT NOT NULL,
  offer_id TEXT NOT NULL REFERENCES offer_cards (offer_id) ON DELETE CASCADE,
  PRIMARY KEY (kind, key, offer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_card_targets_by_offer ON offer_card_targets (offer_id);

INSERT INTO offer_card_targets (kind, key, offer_id)
SELECT 'product', chosen.value, card.offer_id
FROM offer_cards AS card JOIN offer_versions USING (offer_id, version),
  json_each(content, '$.rule.target.args.productIds') AS chosen
WHERE content ->> '$.rule.target.code' = 'products'
UNION
SELECT 'category', content ->> '$.rule.target.args.category', card.offer_id
FROM offer_cards AS card JOIN offer_versions USING (offer_id, version)
WHERE content ->> '$.rule.target.code' = 'category'
UNION
-- SQLite folds ASCII only: the products of the brand know how it is folded.
SELECT 'brand', products.brand_key, card.offer_id
FROM offer_cards AS card JOIN offer_versions USING (offer_id, version)
  JOIN products ON products.brand = content ->> '$.rule.target.args.brand'
WHERE content ->> '$.rule.target.code' = 'brand';

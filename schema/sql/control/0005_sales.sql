-- What was bought, rolled up from judged receipts for cost estimates. No shopper, no receipt and no
-- hour is in it.

-- Of one product in one retailer's shops; an empty retailer: the shop is not known.
CREATE TABLE product_days (
  product_id TEXT NOT NULL,
  retailer_id TEXT NOT NULL,
  -- Calendar day of the purchase, by the clock of the shop.
  day TEXT NOT NULL,
  -- Receipts with the product on them, however many of their lines it takes.
  receipts INTEGER NOT NULL CHECK (receipts >= 0),
  units INTEGER NOT NULL CHECK (units >= 0),
  sum_minor INTEGER NOT NULL CHECK (sum_minor >= 0),
  PRIMARY KEY (product_id, day, retailer_id)
) STRICT, WITHOUT ROWID;

-- Of everything that earns: receipts and their totals without blocked goods.
CREATE TABLE retailer_days (
  retailer_id TEXT NOT NULL,
  day TEXT NOT NULL,
  receipts INTEGER NOT NULL CHECK (receipts >= 0),
  sum_minor INTEGER NOT NULL CHECK (sum_minor >= 0),
  PRIMARY KEY (day, retailer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX products_by_category ON products (category);

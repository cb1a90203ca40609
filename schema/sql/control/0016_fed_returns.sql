-- Returns in a retailer's feed: the sale whose goods came back, as the till names it.
ALTER TABLE sales ADD COLUMN sale_till TEXT;
ALTER TABLE sales ADD COLUMN sale_number TEXT
  CHECK (sale_number IS NULL OR (operation = 'return' AND sale_till IS NOT NULL));
-- Set as soon as a return and its sale are both here, until whoever was credited has been found.
ALTER TABLE sales ADD COLUMN to_tell_at TEXT;
CREATE INDEX sales_returned ON sales (partner_id, sale_till, sale_number)
  WHERE sale_number IS NOT NULL;
CREATE INDEX sales_to_tell ON sales (to_tell_at) WHERE to_tell_at IS NOT NULL;

-- JSON: the partner's sale that vouches for a receipt instead of the tax service.
ALTER TABLE receipts ADD COLUMN sale TEXT;

-- Receipts of countries that number one twice, once they are vouched for, by what both numbers' codes
-- print: minute and total. `ordinal`: of two receipts of one moment the later one is compared.
CREATE TABLE moments (
  -- `moment:hr:2026-11-21T18:42:12550`
  moment TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  -- Which of the country's two numbers its code has: `zki`, `jir`.
  numbering TEXT NOT NULL,
  -- The seller's, empty where nobody has told it: shops that differ are told apart.
  tax_number TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (moment, receipt_id)
) STRICT, WITHOUT ROWID;

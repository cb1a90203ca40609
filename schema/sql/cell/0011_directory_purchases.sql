-- Purchases whose fiscal receipt has been vouched for, by what the paper says: a claim by paper alone
-- of the same purchase comes too late. Several receipts may share one: shops of a chain, one minute.
CREATE TABLE purchases (
  paper TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  -- Registration of the till, when the document names one.
  till TEXT NOT NULL,
  -- Whether a partner's sale vouched for it: its fiscal numbers are the partner's word.
  by_sale INTEGER NOT NULL CHECK (by_sale IN (0, 1)),
  owner_masked TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (paper, receipt_id)
) STRICT, WITHOUT ROWID;

-- Purchases whose fiscal receipt has been vouched for, by what the paper says: a claim by paper alone
-- of the same purchase comes too late. Several receipts may share one: shops of a chain, one minute.
CREATE TABLE purchases (
  paper TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  owner_masked TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (paper, receipt_id)
) STRICT, WITHOUT ROWID;

-- Every country whose receipts are read: it opens with its cells in CELL_MAP, and with nothing else.
INSERT OR IGNORE INTO markets (code) VALUES
  ('al'), ('ar'), ('az'), ('ba'), ('br'), ('cl'), ('de'), ('es'), ('fj'), ('gr'), ('hr'), ('in'),
  ('ke'), ('kg'), ('md'), ('me'), ('mx'), ('pt'), ('rs'), ('sa'), ('si'), ('sk'), ('tz'), ('ua'),
  ('uz'), ('ws');

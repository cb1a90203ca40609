-- A sign more: several retailers feed one code as their own sale (schema/src/forgery.ts).
CREATE TABLE forgery_rules_of_all_signs (
  market TEXT NOT NULL REFERENCES markets (code),
  signal TEXT NOT NULL CHECK (
    signal IN ('impossible_range', 'impossible_number', 'number_against_time',
      'same_total_and_minute', 'till_in_two_places', 'claimed_by_several')
  ),
  points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 100),
  threshold INTEGER NOT NULL CHECK (threshold >= 1),
  changed_by TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (market, signal)
) STRICT, WITHOUT ROWID;
INSERT INTO forgery_rules_of_all_signs
  SELECT market, signal, points, threshold, changed_by, changed_at FROM forgery_rules;
DROP TABLE forgery_rules;
ALTER TABLE forgery_rules_of_all_signs RENAME TO forgery_rules;

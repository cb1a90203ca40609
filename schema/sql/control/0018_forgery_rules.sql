-- Points of a sign of forgery and where it begins, where the operator has departed from the
-- defaults (schema/src/forgery.ts).
CREATE TABLE forgery_rules (
  market TEXT NOT NULL REFERENCES markets (code),
  signal TEXT NOT NULL CHECK (
    signal IN ('impossible_range', 'impossible_number', 'number_against_time',
      'same_total_and_minute', 'till_in_two_places')
  ),
  points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 100),
  threshold INTEGER NOT NULL CHECK (threshold >= 1),
  changed_by TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (market, signal)
) STRICT, WITHOUT ROWID;

-- Pauses and suspensions that are over, as a JSON array of [from, to] instants: a purchase made in one
-- of them earns nothing for ever, whenever its receipt comes. History only grows.
ALTER TABLE offers ADD COLUMN stops TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(stops));
ALTER TABLE partners ADD COLUMN stops TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(stops));

CREATE TRIGGER offers_stops_grow BEFORE UPDATE OF stopped_at, stops ON offers
WHEN json_array_length(new.stops) - json_array_length(old.stops)
  <> (old.stopped_at IS NOT NULL AND new.stopped_at IS NOT old.stopped_at)
BEGIN SELECT RAISE(ABORT, 'a stop that is over is written down, and never forgotten'); END;
CREATE TRIGGER partners_stops_grow BEFORE UPDATE OF suspended_at, stops ON partners
WHEN json_array_length(new.stops) - json_array_length(old.stops)
  <> (old.suspended_at IS NOT NULL AND new.suspended_at IS NOT old.suspended_at)
BEGIN SELECT RAISE(ABORT, 'a stop that is over is written down, and never forgotten'); END;

-- Who makes a large catalogue now. One at a time in the whole network: two at once would share the
-- memory of one isolate. Whoever has died is taken for gone when its time is over.
CREATE TABLE publisher_turn (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  holder TEXT NOT NULL,
  -- Milliseconds since 1970; whoever is at work puts it off.
  until_ms INTEGER NOT NULL
) STRICT;

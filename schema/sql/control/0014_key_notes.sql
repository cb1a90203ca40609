-- What the operator's staff compared before a key counted, or why it counts no more.
ALTER TABLE fiscal_keys ADD COLUMN note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 300);

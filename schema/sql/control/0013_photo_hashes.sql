-- What the shots of photos are known by, to tell a reviewer that nearly the same picture came from
-- another wallet. A row goes when its photo goes.
CREATE TABLE photo_hashes (
  -- What the bucket knows the photo by.
  key TEXT NOT NULL,
  shot INTEGER NOT NULL,
  photo_id TEXT NOT NULL,
  wallet_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Four pieces of 16 bits of the coarse hash: near pictures share one of them or nearly so.
  piece_0 INTEGER NOT NULL,
  piece_1 INTEGER NOT NULL,
  piece_2 INTEGER NOT NULL,
  piece_3 INTEGER NOT NULL,
  coarse TEXT NOT NULL,
  fine TEXT NOT NULL,
  PRIMARY KEY (key, shot)
) STRICT, WITHOUT ROWID;

CREATE INDEX photo_hashes_by_piece_0 ON photo_hashes (piece_0);
CREATE INDEX photo_hashes_by_piece_1 ON photo_hashes (piece_1);
CREATE INDEX photo_hashes_by_piece_2 ON photo_hashes (piece_2);
CREATE INDEX photo_hashes_by_piece_3 ON photo_hashes (piece_3);

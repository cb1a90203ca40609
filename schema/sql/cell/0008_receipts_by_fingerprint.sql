-- Whoever asks about a printed receipt finds every submission of it, also those that hold no claim.
CREATE INDEX receipts_by_fingerprint ON receipts (fingerprint);

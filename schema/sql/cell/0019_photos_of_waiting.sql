-- The waiting receipt that a photo was taken for, so that a person compares its paper with its code.
ALTER TABLE photos ADD COLUMN for_receipt_id TEXT;

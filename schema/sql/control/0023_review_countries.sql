-- Whose receipt a case is about, when not of the market of the cell that holds the case.
ALTER TABLE review_cases ADD COLUMN country TEXT;

-- Caps that look back read the book: what was earned before a version had caps counts as well.
DROP TABLE counters;

-- Version 2: what the collection told of an item, so that a change of it is seen; null in old rows.
ALTER TABLE ledger ADD COLUMN told text;

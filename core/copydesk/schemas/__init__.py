"""JSON Schemas of records, chains and other attrs classes."""

"""What a test of a chain expects of a record, and how it is compared."""

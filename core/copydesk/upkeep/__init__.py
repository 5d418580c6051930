"""What is done to a store besides running a chain: quarantine, merge, verify."""

"""A run from listing to last commit, and what goes on around it."""

"""What verbs print for people: tables, faults, plans and summaries."""

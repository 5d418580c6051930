"""One document's way down a chain, told step by step."""

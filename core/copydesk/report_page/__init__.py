"""The page that shows what is in a store: gathered in one pass, written as one HTML file."""

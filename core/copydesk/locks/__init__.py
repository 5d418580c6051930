"""The lock of a chain: which plugins it was made with, and whether these are the same."""

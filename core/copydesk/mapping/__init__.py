"""Maps text that a step made to the text it was made from."""

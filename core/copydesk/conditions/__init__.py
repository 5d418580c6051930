"""Conditions on documents, in CEL."""

"""Formats that records are exported to."""

"""Tests of a chain: cases, how they are tried, and what they came to."""

"""Guesses which word was meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MANY = 12


def suggest(word: str, known: Iterable[str], noun: str) -> str:
    """Return what to do about an unknown word: the one that was meant, or those there are."""
    words = sorted(known)
    folded = {candidate.lower(): candidate for candidate in words}
    close = get_close_matches(word.lower()[:100], folded, 1, 0.6)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    if not words:
        return f"remove it, there are no {noun}s"
    shown = ", ".join(words[:_MANY]) + (", ..." if len(words) > _MANY else "")
    return f"the {noun}s are {shown}"

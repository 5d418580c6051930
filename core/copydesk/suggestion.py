"""Guesses which word was meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MANY = 12


def find_close(word: str, known: Iterable[str]) -> str | None:
    """Return the word that was meant, if one comes near."""
    folded = {candidate.lower(): candidate for candidate in sorted(known)}
    close = get_close_matches(word.lower()[:100], folded, 1, 0.6)
    return folded[close[0]] if close else None


def suggest(word: str, known: Iterable[str], noun: str) -> str:
    """Return what to do about an unknown word: the one that was meant, or those there are."""
    words = sorted(known)
    close = find_close(word, words)
    if close:
        return f"did you mean '{close}'?"
    if not words:
        return f"remove it, there are no {noun}s"
    shown = ", ".join(words[:_MANY]) + (", ..." if len(words) > _MANY else "")
    return f"the {noun}s are {shown}"

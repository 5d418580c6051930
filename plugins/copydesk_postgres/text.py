"""Writes any text as one that PostgreSQL takes, and reads it back: it knows no character NUL."""

from __future__ import annotations

# Of the private use area, so next to never met; where it is met, it is written as two.
_MARK, _NUL = "\ue000", "\ue0000"
_MARK_ITSELF = "\ue000+"


def escape(text: str) -> str:
    """Return a text without NUL."""
    if "\0" not in text and _MARK not in text:
        return text
    return text.replace(_MARK, _MARK_ITSELF).replace("\0", _NUL)


def restore(text: str) -> str:
    """Return the text that was escaped."""
    if _MARK not in text:
        return text
    return text.replace(_NUL, "\0").replace(_MARK_ITSELF, _MARK)

"""Makes text safe to show: nothing in it can move a cursor or turn a line around."""

from __future__ import annotations

from unicodedata import category

_JOINERS = "\u200c\u200d"  # they shape words of Persian and of Indian languages
_SHORT = 100  # characters of a value that a message shows


def make_printable(text: str, keep: str = "") -> str:
    """Return `text` with control characters as escapes, except those to `keep`."""
    if text.isprintable():
        return text
    return "".join(c if c in keep or _is_harmless(c) else _escape(c) for c in text)


def quote(text: str, most: int = _SHORT) -> str:
    """Return a text as a message shows it: on one line, in quotes, cut where it is too long."""
    line = text if len(text) <= most else f"{text[: most - 1]}…"
    return f"'{make_printable(line)}'"


def excerpt(text: str, start: int, end: int, around: int = 40) -> str:
    """Return a span of a text with what surrounds it, in quotes."""
    first, last = max(0, start - around), end + around
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f"'{before}{make_printable(text[first:last])}{after}'"


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character in _JOINERS or category(character) == "Zs"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()

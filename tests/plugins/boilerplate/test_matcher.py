"""Which of many patterns a text is."""

from __future__ import annotations

from copydesk_boilerplate.matcher import Matcher
from copydesk_boilerplate.phrases import Pattern


def match(text: str, *expressions: str) -> str | None:
    """Return the reason of the first of the expressions that matches."""
    matcher = Matcher(Pattern(one, "lines", one) for one in expressions)
    found = matcher.match(text)
    return found.reason if found else None


def test_the_first_pattern_counts() -> None:
    """Of several patterns that match, the first is returned, whatever it begins with."""
    assert ".ab" == match("xab", ".ab", "xab")
    assert "xab" == match("xab", "xab", ".ab")


def test_the_whole_text_counts() -> None:
    """A pattern that matches a part of a text only does not match."""
    assert match("abc", "ab") is None
    assert match("", "a*") is None


def test_patterns_are_folded() -> None:
    """A pattern may be written as people write."""
    assert "À LIRE|Ş+" == match("a lire", "À LIRE|Ş+")
    assert r"\D\S Ö" == match("x- o", r"\D\S Ö")

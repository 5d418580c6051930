"""Finds the spans of a page that cannot have become text: tags, comments, scripts and such."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk.api import Span

# Possessive throughout: each character is read once, and what is never closed runs to the end, as
# it does in a browser. A `<` before anything else is text. Tags in a row are one span, which saves
# half of the time; the most frequent kind comes first.
_REST = r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+>?"""
_COMMENT = r"!--(?:[^-]++|-(?!->))*+(?:-->)?"
_RAW = "(?=[sStT])(?i:{})".format(
    "|".join(rf"{name}\b(?:[^<]++|<(?!/{name}))*+" for name in ("script", "style", "title"))
)
_ONE = rf"<(?:[a-rA-Ru-zU-Z/?]{_REST}|{_COMMENT}|{_RAW}|[a-zA-Z!]{_REST})"
_MARKUP = re.compile(rf"{_ONE}(?:(?:\n\s*+)?+{_ONE})*+")
_FIRST_TAG = re.compile(rf"<[a-zA-Z/?!]{_REST}")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_LONG = 10_000  # characters of a tag; what a shorter one holds does not matter


def find_markup(page: str) -> list[Span]:
    """Return the spans of `page` that are markup, in order and apart; linear in its length."""
    return [match.span() for match in _MARKUP.finditer(page)]


def count_attribute_pairs(page: str, markup: Iterable[Span]) -> int:
    """Return about how many pairs of attributes share a tag: a parser compares each with each."""
    pairs = 0
    for start, end in markup:
        if end - start > _LONG and not page.startswith("<!--", start):
            tag = _FIRST_TAG.match(page, start, end)
            pairs += len(_QUOTED.sub("", tag[0]).split()) ** 2 if tag else 0
    return pairs

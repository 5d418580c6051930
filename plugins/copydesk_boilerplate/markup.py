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
_CLOSED = ("script", "style", "title", "noscript")  # up to their end tag, whatever is in them
_RAW = "(?=[sStTnN])(?i:{})".format(
    "|".join(rf"{name}\b(?:[^<]++|<(?!/{name}))*+" for name in _CLOSED)
)
_ONE = rf"<(?:[a-mo-rA-MO-Ru-zU-Z/?]{_REST}|{_COMMENT}|{_RAW}|[a-zA-Z!]{_REST})"
_MARKUP = re.compile(rf"{_ONE}(?:(?:\n\s*+)?+{_ONE})*+")
_TAG = re.compile(rf"<(?!!--)[a-zA-Z/?!]{_REST}")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_LONG = 10_000  # characters of a tag; what a shorter one holds does not matter


def find_markup(page: str) -> list[Span]:
    """Return the spans of `page` that are markup, in order and apart; linear in its length."""
    return [match.span() for match in _MARKUP.finditer(page)]


def count_attribute_pairs(page: str, markup: Iterable[Span]) -> int:
    """Return about how many pairs of attributes share a tag: a parser compares each with each."""
    long = (span for span in markup if span[1] - span[0] > _LONG)
    tags = (tag[0] for span in long for tag in _TAG.finditer(page, *span))
    return sum(len(_QUOTED.sub("", tag).split()) ** 2 for tag in tags if len(tag) > _LONG)

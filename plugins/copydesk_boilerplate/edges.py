"""Finds the lines at both ends of a text, and the sentences at both ends of a line."""

from __future__ import annotations

import re
from itertools import pairwise

from copydesk.api import Span

_LINE = re.compile(r"\S[^\n\r\x85\u2028\u2029]*")
_WINDOW = 200_000  # characters at each end of the text in which lines are looked for
_STOP = re.compile(
    r"""[。!?!?]+["'”’»」』)\]]*  # as in Chinese, where no blank follows
    | [.!?؟۔।॥…]+["'”’»」』)\]]*(?=\s|$)""",
    re.VERBOSE,
)


def lines_at_edges(text: str, count: int) -> list[Span]:
    """Return the spans of the first and the last `count` lines that are not blank, stripped."""
    if len(text) <= 2 * _WINDOW:
        lines = _lines(text, 0, len(text))
        return lines if len(lines) <= 2 * count else [*lines[:count], *lines[len(lines) - count :]]
    # At the cut the line is not whole, so it is left out.
    end = len(text.rstrip())
    first = _lines(text, 0, _WINDOW)[:-1][:count]
    last = _lines(text, end - _WINDOW, end)[1:]
    return [*first, *last[max(0, len(last) - count) :]]


def _lines(text: str, start: int, end: int) -> list[Span]:
    spans = [match.span() for match in _LINE.finditer(text, start, end)]
    return [(first, first + len(text[first:last].rstrip())) for first, last in spans]


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of a line, each with the blanks after it."""
    stops = [match.end() for match in _STOP.finditer(text)]
    starts = [len(text) - len(text[stop:].lstrip()) for stop in stops]
    return [span for span in pairwise([0, *starts, len(text)]) if span[0] < span[1]]

"""Finds the lines of a text, and the sentences of a line."""

from __future__ import annotations

import re
from itertools import pairwise

from copydesk.api import Span

_LINE = re.compile(r"\S[^\n\r\x85\u2028\u2029]*")
_WIDE_STOPS = "。！？｡"  # as in Chinese, where no blank follows
_STOP = re.compile(rf"""[.!?؟۔।॥…{_WIDE_STOPS}]+["'”’»」』)）\]】]*""")


def find_lines(text: str) -> list[Span]:
    """Return the spans of the lines that are not blank, without the blanks around them."""
    spans = [match.span() for match in _LINE.finditer(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in spans]


def find_sentences(line: str) -> list[Span]:
    """Return the spans of the sentences of a line, each with the blanks after it."""
    stops = [
        match.end()
        for match in _STOP.finditer(line)
        if line[match.end() : match.end() + 1].strip() == "" or match[0][0] in _WIDE_STOPS
    ]
    starts = [len(line) - len(line[stop:].lstrip()) for stop in stops]
    return [span for span in pairwise([0, *starts, len(line)]) if span[0] < span[1]]

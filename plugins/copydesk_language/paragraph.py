"""Divides a text into the lines whose language is told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from copydesk_language.script import count_scripts

_LINE = re.compile(r"[^\n]*\n*")
_MOST = 256  # pieces of a text: bounds the cost for tables and poems of a hundred thousand lines
_DENSE = frozenset(("Hani", "Jpan", "Kore"))  # a character says as much as two or three elsewhere


@frozen
class Paragraph:
    """A line, or a run of lines in a very long text, with the white space that follows it."""

    start: int
    """Offset in code points."""
    end: int
    """Offset in code points, exclusive."""
    sample: str
    """Its beginning."""
    letters: int
    """Letters in the sample; those of Chinese, Japanese and Korean count as three."""


def divide(text: str, sample_characters: int) -> list[Paragraph]:
    """Return the paragraphs of a text, which together cover it.

    They share `sample_characters` by their length, but none gets fewer than 100.
    """
    length = len(text) or 1
    return [
        _read(text, start, end, max(100, sample_characters * (end - start) // length))
        for start, end in _lines(text)
    ]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    least = len(text) // _MOST if text.count("\n") > _MOST else 0
    start = 0
    for match in _LINE.finditer(text):
        if match.end() - start > least:
            yield start, match.end()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _read(text: str, start: int, end: int, characters: int) -> Paragraph:
    sample = text[start : min(end, start + characters)].strip()
    counts = count_scripts(sample)
    letters = sum(count * (3 if script in _DENSE else 1) for script, count in counts.items())
    return Paragraph(start, end, sample, letters)

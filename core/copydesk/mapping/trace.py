"""Turns pieces that were found in a visible text into segments of the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copydesk.mapping.pieces import Piece
from copydesk.mapping.visible import Visible
from copydesk.spans import Segment

_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"\S{1,999}")  # bounded, as all of them are read again where texts differ
_PHRASE = re.compile(r"\S{1,99}(?: \S{1,99}){0,29}")

_Run = tuple[int, int, int]
"""Start in one text, start in another, and the number of characters that are equal."""


def trace(old: Visible, new: str, found: Iterable[tuple[Piece, int]]) -> list[Segment]:
    """Return where the pieces of `new`, in order, came from, given the letters they begin at.

    Segments are split where either side has a gap, and joined where both have the same.
    """
    joined: list[_Run] = []
    for at, first, length in _visible_runs(old, new, found):
        start = at
        for source, source_end in old.places(first, first + length):
            _join(joined, new, old.whole, (start, source, source_end - source))
            start += source_end - source
    return [Segment(at, at + length, source, source + length) for at, source, length in joined]


def _join(runs: list[_Run], new: str, whole: str, run: _Run) -> None:
    """Add a run to the others; what lies between it and the last one may be the same."""
    start, source, length = run
    if runs:
        last, origin, size = runs[-1]
        gap = start - last - size
        if (
            source - origin - size == gap
            and new[start - gap : start] == whole[source - gap : source]
        ):
            runs[-1] = (last, origin, size + gap + length)
            return
    runs.append(run)


def _visible_runs(old: Visible, new: str, found: Iterable[tuple[Piece, int]]) -> Iterator[_Run]:
    """Yield the runs that are equal in the new and in the visible text."""
    follows, first = -1, 0
    for piece, letter in found:
        start, end, letters = piece
        first = first + _extent(_BLANK, old.text, first) if letter == follows else old.place(letter)
        follows = letter + len(letters)
        if old.text.startswith(new[start:end], first):
            yield start, first, end - start
            first += end - start
            continue
        last = old.place(follows - 1) + 1
        while first < last:
            length = _extent(_PHRASE, old.text, first, last)
            if not new.startswith(old.text[first : first + length], start):
                words = _extent(_WORD, old.text, first, last), _extent(_WORD, new, start, end)
                length = min(words)
            yield start, first, length
            start += length + _extent(_BLANK, new, start + length, end)
            first += length + _extent(_BLANK, old.text, first + length, last)


def _extent(expression: re.Pattern[str], text: str, start: int, end: int | None = None) -> int:
    """Return how far an expression reaches from `start`."""
    match = expression.match(text, start, len(text) if end is None else end)
    return match.end() - start if match else 0

"""Cuts a text into the pieces whose places are sought: lines first, then parts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.mapping.visible import squeeze

_LINE = re.compile(r"\S.*")
_EDGE = re.compile(r"\|+")  # of the cells of a table, as extractors write them
_SEAM = re.compile("[\"&'<>\u00a0-\u00bf\u2000-\u206f]+")  # what sources may write in another way
_SMALLEST = 2  # letters; a smaller part is nothing to look for


class Piece(NamedTuple):
    """A span of a text without white space around it."""

    start: int
    end: int
    letters: str
    """What it reads without white space."""


def split_lines(text: str) -> Iterator[Piece]:
    """Yield the lines without the mark of a list item, and the cells of tables."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        if text.startswith("- ", start):
            start += 2
        yield from _between(_EDGE, text, start, end)


def split_piece(text: str, piece: Piece) -> Iterator[Piece]:
    """Yield the parts of a piece: between its seams, or its halves, parted at a blank."""
    start, end, letters = piece
    if len(letters) < 2 * _SMALLEST:
        return
    parts = list(_between(_SEAM, text, start, end))
    if parts == [piece]:
        half = (start + end) // 2
        blanks = (text.rfind(" ", start, half), text.find(" ", half, end))
        near = [at for at in blanks if at > 0]
        middle = min(near, key=lambda at: abs(at - half)) if near else half
        parts = [_piece(text, start, middle), _piece(text, middle, end)]
    yield from (part for part in parts if len(part.letters) >= _SMALLEST)


def _between(seam: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Piece]:
    for match in seam.finditer(text, start, end):
        piece = _piece(text, start, match.start())
        if piece.letters:
            yield piece
        start = match.end()
    piece = _piece(text, start, end)
    if piece.letters:
        yield piece


def _piece(text: str, start: int, end: int) -> Piece:
    part = text[start:end]
    return Piece(end - len(part.lstrip()), start + len(part.rstrip()), squeeze(part))

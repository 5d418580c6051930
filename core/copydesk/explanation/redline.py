"""Shows how one text became another, in pieces that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import evolve, frozen

from copydesk.document import Document
from copydesk.explanation.gaps import split_texts
from copydesk.explanation.markup import drop_markup
from copydesk.explanation.piece import Piece, Placed

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_AROUND = 60  # characters that are shown of what stayed, on each side of a change
_LONGEST = 600  # characters that are shown of a change
_MOST = 200  # pieces


@frozen(slots=False)
class Redline:
    """How one text became another."""

    before: int
    """Characters of the old text."""
    after: int
    """Characters of the new text."""
    pieces: tuple[Piece, ...]
    """What changed, with what is around it."""
    omitted: int = 0
    """Pieces that are left out at the end."""


def compare_texts(before: Document, after: Document) -> Redline:
    """Return how a step changed the text.

    Of a page only what a reader would see is shown: its markup goes without a word.
    """
    pieces, separator = split_texts(before, after), ""
    if before.media_type in _PAGES and before.text:
        pieces, separator = drop_markup(pieces, before.text), " "
    shown = list(_condense(list(_join(pieces, separator))))
    sizes = len(before.text or ""), len(after.text or "")
    return Redline(*sizes, tuple(shown[:_MOST]), max(0, len(shown) - _MOST))


def _join(pieces: Iterable[Placed], separator: str) -> Iterator[Piece]:
    """Yield pieces, with neighbours of one kind and reason as one."""
    each = (placed.piece for placed in pieces)
    for (kind, reason), members in groupby(each, key=lambda piece: (piece.kind, piece.reason)):
        between = separator if kind == "removed" else ""
        yield Piece(kind, between.join(piece.text for piece in members), reason)


def _condense(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces of a length that can be read; what stayed is only there to show the place."""
    for index, piece in enumerate(pieces):
        if piece.kind != "kept":
            yield _shorten(piece, _LONGEST // 2, _LONGEST // 2)
        elif len(pieces) > 1:
            after = _AROUND if index else 0
            yield _shorten(piece, after, _AROUND if index < len(pieces) - 1 else 0)


def _shorten(piece: Piece, head: int, tail: int) -> Piece:
    length = len(piece.text)
    if length <= head + tail + 10:
        return piece
    start, end = piece.text[:head], piece.text[length - tail :]
    return evolve(piece, text=start, omitted=length - head - tail, tail=end)

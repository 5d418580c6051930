"""Finds which span of an old text each piece of an extracted new text came from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import pairwise

from copydesk.mapping.pieces import Piece, split_lines, split_piece
from copydesk.mapping.trace import trace
from copydesk.mapping.visible import Visible
from copydesk.spans import Segment, Span

_CHANCE = 12  # letters; a shorter piece may match by chance, in a large text or after another piece
_FAR = 24  # letters; a longer piece may be placed out of order
_FRAME = 4  # pieces, the longest ones, that are looked for before the others
_ABSENT = -1
_SEVERAL = -2
_BUDGET = 400_000_000  # letters to search in all: a bound on hostile input, about 0.2 s


def align(old: str, new: str, markup: Sequence[Span] = ()) -> list[Segment]:
    """Return segments from `new` to `old`, in the order of `new`, each with equal text on both.

    White space is not compared, and `markup` (sorted spans of `old`, apart) is passed over. Lines
    that occur exactly once fix the frame, as in patience diff; what lies between is searched only
    between them, whole at first and then in parts. What is not there, or is there more than once
    and does not follow on its neighbour, gets no segment: a gap is honest, a guess is not.
    """
    visible = Visible(old, markup)
    search = _Search(visible.letters, new)
    search.run()
    return trace(visible, new, sorted(search.found))


class _Search:
    """The search for the places of pieces in the letters of the old text."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self.found: list[tuple[Piece, int]] = []
        self.budget = _BUDGET

    def run(self) -> None:
        """Find the places of lines, and of parts of them."""
        waiting = [(list(split_lines(self.new)), (0, len(self.old)))]
        while waiting and self.budget > 0:
            pieces, window = waiting.pop()
            waiting += self._divide(pieces, window)

    def _divide(self, pieces: list[Piece], window: Span) -> Iterator[tuple[list[Piece], Span]]:
        """Place the pieces that are in the window once; yield the others, and where they may be."""
        places = self._places(pieces, window)
        frame = _follow_each_other(places, pieces)
        self._grow(frame, pieces, window[1])
        low = window[0]
        waiting: list[Piece] = []
        for index, piece in enumerate(pieces):
            at = frame.get(index)
            if at is None:
                waiting += self._rest(piece, places.get(index, _SEVERAL))
                continue
            self.found.append((piece, at))
            if waiting:
                yield waiting, (low, at)
            waiting = []
            low = at + len(piece.letters)
        if waiting and waiting != pieces:
            yield waiting, (low, window[1])

    def _places(self, pieces: list[Piece], window: Span) -> dict[int, int]:
        """Return where pieces are, by index: the longest ones, or all if none of these is there."""
        indexes = range(len(pieces))
        longest: Sequence[int] = indexes
        if len(pieces) > 2 * _FRAME:
            longest = sorted(nlargest(_FRAME, indexes, key=lambda i: len(pieces[i].letters)))
        for sought in (longest, indexes):
            places = {index: self._find(pieces[index].letters, *window) for index in sought}
            if max(places.values(), default=_ABSENT) >= 0:
                break
        return places

    def _find(self, letters: str, low: int, high: int) -> int:
        """Return the one place of a piece, `_ABSENT` or `_SEVERAL`."""
        if self.budget <= 0 or (len(letters) < _CHANCE and high - low > 32 << len(letters)):
            return _SEVERAL  # so few letters are there by chance
        self.budget -= high - low
        at = self.old.find(letters, low, high)
        if at >= 0 and self.old.find(letters, at + 1, high) >= 0:
            return _SEVERAL
        return at

    def _grow(self, frame: dict[int, int], pieces: list[Piece], high: int) -> None:
        """Add the pieces that follow at once on one that has its place."""
        for index, following in pairwise([*sorted(frame), len(pieces)]):
            limit = frame.get(following, high)
            at = frame[index] + len(pieces[index].letters)
            for after in range(index + 1, following):
                letters = pieces[after].letters
                end = at + len(letters)
                if len(letters) < _CHANCE or end > limit or not self.old.startswith(letters, at):
                    break
                frame[after] = at
                at = end

    def _rest(self, piece: Piece, place: int) -> list[Piece]:
        """Return what is still to be placed of a piece that is not in the frame."""
        if place == _SEVERAL:
            return [piece]
        if len(piece.letters) >= _FAR:
            if place == _ABSENT:  # from this window: it may be that it was moved
                place = self._find(piece.letters, 0, len(self.old))
            if place >= 0:
                self.found.append((piece, place))
                return []
        return list(split_piece(self.new, piece))


def _follow_each_other(places: dict[int, int], pieces: list[Piece]) -> dict[int, int]:
    """Return the most places, by index, that come in the same order on both sides."""
    chosen: dict[int, int] = {}
    high = 0
    for index in _longest_rising([(at, index) for index, at in places.items() if at >= 0]):
        if places[index] >= high:
            chosen[index] = places[index]
            high = places[index] + len(pieces[index].letters)
    return chosen


def _longest_rising(pairs: list[tuple[int, int]]) -> list[int]:
    """Return the second members of the longest run of `pairs` whose first members rise."""
    tails: list[int] = []
    last: list[int] = []
    before: dict[int, int] = {}
    for index, (at, _) in enumerate(pairs):
        length = bisect_left(tails, at)
        if length:
            before[index] = last[length - 1]
        tails[length : length + 1] = [at]
        last[length : length + 1] = [index]
    chain = [last[-1]] if last else []
    while chain and chain[-1] in before:
        chain.append(before[chain[-1]])
    return [pairs[index][1] for index in reversed(chain)]

"""Finds which span of an old text each piece of an extracted new text came from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from copydesk.spans import Segment, Span

_WORD = re.compile(r"\S+")
_LINE = re.compile(r"\S[^\n]*")
_SMALLEST = 2  # characters; a shorter piece that does not match is left without a place
_FAR = 24  # characters; a longer piece may be placed out of order, a shorter one is chance
_BUDGET = 400_000_000  # characters to search in all: a bound on hostile input, about 0.2 s


def align(old: str, new: str, markup: Sequence[Span] = ()) -> list[Segment]:
    """Return segments from `new` to `old`, in the order of `new`, each with equal text on both.

    White space is not compared, and `markup` (sorted spans of `old`, apart) is passed over. Lines
    that occur exactly once fix the frame, as in patience diff; what lies between is searched only
    between them, whole at first and then in halves. What is not there, or is there more than once,
    gets no segment: a gap is honest, a guess is not.
    """
    sought = _Squeezed(new)
    aligner = _Aligner(sought, _Squeezed(old, markup))
    aligner.place(sought.lines(), 0, len(aligner.old.text))
    return aligner.segments()


class _Squeezed:
    """A text without its white space and markup, that knows where its characters stood."""

    def __init__(self, text: str, markup: Sequence[Span] = ()) -> None:
        self.whole = text
        edges = [0, *(edge for span in markup for edge in span), len(text)]
        pieces = zip(edges[::2], edges[1::2], strict=True)
        words = [word.span() for start, end in pieces for word in _WORD.finditer(text, start, end)]
        self.starts = [start for start, _ in words]
        self.text = "".join([text[start:end] for start, end in words])
        self.firsts = [0, *accumulate([end - start for start, end in words])]

    def place(self, index: int) -> int:
        """Return where the character at `index` stands in the whole text."""
        word = bisect_right(self.firsts, index) - 1
        return self.starts[word] + index - self.firsts[word]

    def lines(self) -> list[Span]:
        """Return the squeezed span of each line that is not blank."""
        starts = [match.start() for match in _LINE.finditer(self.whole)]
        edges = [self.firsts[bisect_left(self.starts, start)] for start in starts]
        return list(zip(edges, [*edges[1:], len(self.text)], strict=True))

    def breaks(self, start: int, end: int) -> list[int]:
        """Return the indexes between `start` and `end` at which a word begins, from `start`."""
        return [
            first - start
            for first in self.firsts[
                bisect_right(self.firsts, start) : bisect_left(self.firsts, end)
            ]
        ]

    def middle(self, start: int, end: int) -> int:
        """Return the word boundary nearest to the middle, or the middle itself."""
        half = (start + end) // 2
        after = bisect_left(self.firsts, half)
        near = [at for at in self.firsts[max(0, after - 1) : after + 1] if start < at < end]
        return min(near, key=lambda at: abs(at - half)) if near else half


class _Aligner:
    """The search; pieces of the new text are spans of its squeezed form."""

    def __init__(self, new: _Squeezed, old: _Squeezed) -> None:
        self.new = new
        self.old = old
        self.found: list[tuple[int, int, int]] = []
        self.budget = _BUDGET

    def place(self, pieces: list[Span], low: int, high: int) -> None:
        """Find places for `pieces`, which follow each other, between `low` and `high`."""
        if not pieces or low >= high or self.budget <= 0:
            return
        places = [self._only(piece, low, high) for piece in pieces]
        frame = set(_longest_rising([(at, i) for i, at in enumerate(places) if at >= 0]))
        bottom = low
        waiting: list[Span] = []
        anew = False
        for index, (piece, at) in enumerate(zip(pieces, places, strict=True)):
            length = piece[1] - piece[0]
            if index in frame:
                self.place(waiting if anew or at - bottom < high - low else [], bottom, at)
                waiting, anew = [], False
                bottom = at + length
            if index in frame or (at >= 0 and length >= _FAR):
                self.found.append((*piece, at))
            elif at == _SEVERAL:
                waiting.append(piece)
            else:
                halves = self._halves(piece)
                waiting += halves
                anew = anew or bool(halves)
        self.place(waiting if anew or bottom > low else [], bottom, high)

    def _only(self, piece: Span, low: int, high: int) -> int:
        """Return the one place of `piece`, `_SEVERAL` or `_ABSENT`."""
        text = self.new.text[piece[0] : piece[1]]
        self.budget -= high - low
        at = self.old.text.find(text, low, high)
        if at >= 0 and self.old.text.find(text, at + 1, high) >= 0:
            return _SEVERAL
        return at

    def _halves(self, piece: Span) -> list[Span]:
        start, end = piece
        if end - start < 2 * _SMALLEST:
            return []
        middle = self.new.middle(start, end)
        return [(start, middle), (middle, end)]

    def segments(self) -> list[Segment]:
        """Return what was found, split where either side has a gap and joined where neither has."""
        segments: list[Segment] = []
        for start, end, at in sorted(self.found):
            cuts = {0, *self.new.breaks(start, end), *self.old.breaks(at, at + end - start)}
            edges = [*sorted(cuts), end - start]
            for first, last in pairwise(edges):
                self._add(
                    segments,
                    self.new.place(start + first),
                    self.old.place(at + first),
                    last - first,
                )
        return segments

    def _add(self, segments: list[Segment], start: int, source: int, length: int) -> None:
        """Add a segment; white space that is the same on both sides joins it to the last one."""
        if segments:
            last = segments[-1]
            between = self.new.whole[last.end : start]
            if source - last.source_end == len(between) == start - last.end and (
                between == self.old.whole[last.source_end : source]
            ):
                segments[-1] = Segment(
                    last.start, start + length, last.source_start, source + length
                )
                return
        segments.append(Segment(start, start + length, source, source + length))


_ABSENT = -1
_SEVERAL = -2


def _longest_rising(pairs: list[tuple[int, int]]) -> list[int]:
    """Return the second members of the longest run of `pairs` whose first members rise."""
    tails: list[int] = []
    last: list[int] = []
    before: dict[int, int] = {}
    for index, (at, _) in enumerate(pairs):
        length = bisect_left(tails, at)
        if length:
            before[index] = last[length - 1]
        tails[length:] = [at, *tails[length + 1 :]]
        last[length:] = [index, *last[length + 1 :]]
    chain = [last[-1]] if last else []
    while chain and chain[-1] in before:
        chain.append(before[chain[-1]])
    return [pairs[index][1] for index in reversed(chain)]

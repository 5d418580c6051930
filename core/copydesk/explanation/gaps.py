"""Splits two texts of which one became the other into what stayed, what went and what came."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from attrs import define, field

from copydesk.document import Document
from copydesk.explanation.piece import Piece, Placed
from copydesk.spans import Segment, Span, compose

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SMALL = 2000  # characters of a gap in which words are compared; more takes too long
_BUDGET = 100_000  # characters of all gaps in which words are compared, about a second


def split_texts(before: Document, after: Document) -> Iterator[Placed]:
    """Yield the pieces of both texts, in the order of the new one; none is empty.

    What stayed is what the steps say that came from the same place of the source.
    """
    splitter = _Splitter(before, after)
    return (placed for placed in splitter.split() if placed.piece.text)


@define
class _Splitter:
    """The splitting of one pair of texts."""

    _before: Document
    _after: Document
    _old: str = field(init=False)
    _new: str = field(init=False)
    _budget: int = field(init=False, default=_BUDGET)
    _reasons: list[tuple[Span, str]] = field(init=False, factory=list)
    """Spans of the old text that the step says it took out, and why."""
    _unplaced: Mapping[str, str] = field(init=False)
    """Reasons for texts of which the step does not know where they stood."""

    def __attrs_post_init__(self) -> None:
        self._old, self._new = self._before.text or "", self._after.text or ""
        known = set(map(id, self._before.removed))
        mine = [piece for piece in self._after.removed if id(piece) not in known]
        self._unplaced = {piece.text: piece.reason for piece in mine if piece.start is None}
        segments = sorted(self._before.segments, key=lambda segment: segment.source_start)
        for piece in mine:
            if piece.start is None:
                continue
            place = bisect_right(segments, piece.start, key=lambda s: s.source_start) - 1
            if place >= 0 and piece.start < segments[place].source_end:
                start = segments[place].start + piece.start - segments[place].source_start
                self._reasons.append(((start, start + len(piece.text)), piece.reason))
        self._reasons.sort()

    def split(self) -> Iterator[Placed]:
        """Yield the pieces in the order of the old text: kept, taken out, put in."""
        at = done = 0
        for run in [*self._runs(), self._end()]:
            if run.source_start < at:
                continue  # it stood further up; to the reader it is new here
            yield from self._gap(at, run.source_start, self._new[done : run.start])
            yield Placed(Piece("kept", self._new[run.start : run.end]), run.source_start)
            at, done = run.source_end, run.end

    def _runs(self) -> tuple[Segment, ...]:
        """Return which spans of the new text are which spans of the old one, by their source."""
        back = [
            Segment(s.source_start, s.source_end, s.start, s.end) for s in self._before.segments
        ]
        back.sort(key=lambda segment: segment.start)
        return compose(self._after.segments, back)

    def _end(self) -> Segment:
        return Segment(len(self._new), len(self._new), len(self._old), len(self._old))

    def _gap(self, start: int, end: int, added: str) -> Iterator[Placed]:
        """Yield what lies between two pieces that stayed."""
        gone = self._old[start:end]
        size = len(gone) + len(added)
        if gone == added:
            yield Placed(Piece("kept", gone), start)
        elif gone and added and size < _SMALL and size < self._budget:
            self._budget -= size
            yield from self._compare_words(gone, added, start)
        else:
            yield from self._give_reasons(start, end)
            yield Placed(Piece("added", added), end)

    def _give_reasons(self, at: int, end: int) -> Iterator[Placed]:
        """Yield what went, cut where the reasons change."""
        first = bisect_left(self._reasons, at, key=lambda reason: reason[0][1])
        for index in range(first, len(self._reasons)):
            (start, stop), reason = self._reasons[index]
            if start >= end:
                break
            yield self._removed(at, start)
            at = max(at, start)
            yield Placed(Piece("removed", self._old[at : min(stop, end)], reason), at)
            at = max(at, min(stop, end))
        yield self._removed(at, end)

    def _removed(self, start: int, end: int) -> Placed:
        text = self._old[start:end]
        return Placed(Piece("removed", text, self._unplaced.get(text, "")), start)

    def _compare_words(self, gone: str, added: str, start: int) -> Iterator[Placed]:
        one, other = _WORDS.findall(gone), _WORDS.findall(added)
        matcher: SequenceMatcher[str] = SequenceMatcher(None, one, other, autojunk=False)
        for kind, i, j, k, m in matcher.get_opcodes():
            before, after = "".join(one[i:j]), "".join(other[k:m])
            if kind == "equal":
                yield Placed(Piece("kept", before), start)
            else:
                yield self._removed(start, start + len(before))
                yield Placed(Piece("added", after), start)
            start += len(before)

"""Spans of a text, and segments that say which span of another text each came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from attrs import frozen

Span = tuple[int, int]
"""Start and end (exclusive), in code points."""


@frozen(slots=False)
class Segment:
    """A piece of a text that is equal to a span of its source."""

    start: int
    """Offset into the text, in code points."""
    end: int
    """Offset into the text, exclusive."""
    source_start: int
    """Offset into the decoded source, in code points."""
    source_end: int
    """Offset into the decoded source, exclusive."""


def merge(spans: Iterable[Span], length: int) -> list[Span]:
    """Return `spans` sorted, clipped to `length` and joined where they touch; empty ones go."""
    found: list[Span] = []
    for start, end in sorted((max(0, a), min(b, length)) for a, b in spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def cut(segments: Sequence[Segment], kept: Sequence[Span]) -> tuple[Segment, ...]:
    """Return the segments of the text that is left when only `kept` spans of it stay."""
    found: list[Segment] = []
    index = bisect_right(segments, kept[0][0], key=lambda segment: segment.end) if kept else 0
    at = 0
    for start, end in kept:
        while index < len(segments) and segments[index].end <= start:
            index += 1
        inside = index
        while inside < len(segments) and segments[inside].start < end:
            segment = segments[inside]
            first, last = max(start, segment.start), min(end, segment.end)
            source = segment.source_start + first - segment.start
            _append(found, at + first - start, at + last - start, source)
            inside += 1
        at += end - start
    return tuple(found)


def compose(upper: Sequence[Segment], lower: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return segments from a text to its source, through the text between them.

    `upper` maps the text to the middle one, `lower` maps the middle one to the source.
    """
    if len(lower) == 1 and lower[0].start == lower[0].source_start == 0:
        whole = lower[0].end  # a decoded text is its own source
        if all(segment.source_end <= whole for segment in upper):
            return tuple(upper)
    found: list[Segment] = []
    for segment in upper:
        for piece in cut(lower, [(segment.source_start, segment.source_end)]):
            _append(
                found, segment.start + piece.start, segment.start + piece.end, piece.source_start
            )
    return tuple(found)


def _append(found: list[Segment], start: int, end: int, source: int) -> None:
    """Add a segment, joined with the one before where both sides touch."""
    if found and found[-1].end == start and found[-1].source_end == source:
        last = found.pop()
        start, source = last.start, last.source_start
    found.append(Segment(start, end, source, source + end - start))

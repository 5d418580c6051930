"""Laws of spans and segments, held against sets of characters."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from copydesk.spans import Segment, Span, compose, cut, merge

spans = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=8)


def covered(found: list[Span], length: int) -> set[int]:
    """Return the characters that spans cover."""
    return {at for start, end in found for at in range(max(0, start), min(end, length))}


def characters(segments: tuple[Segment, ...]) -> dict[int, int]:
    """Return where each character of the text came from."""
    return {
        at: segment.source_start + at - segment.start
        for segment in segments
        for at in range(segment.start, segment.end)
    }


@st.composite
def segments(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Segments with gaps on both sides, whose sources come in any order."""
    found = []
    at = 0
    for _ in range(draw(st.integers(0, 6))):
        start = at + draw(st.integers(0, 4))
        at = start + draw(st.integers(1, 6))
        source = draw(st.integers(0, 40))
        found.append(Segment(start, at, source, source + at - start))
    return tuple(found)


@given(spans, st.integers(0, 40))
def test_merge_covers_the_same_characters(some: list[Span], length: int) -> None:
    """Merged spans cover what the spans cover of the text, and are sorted, full and apart."""
    merged = merge(some, length)

    assert covered(some, length) == covered(merged, length)
    assert all(start < end for start, end in merged)
    assert all(before[1] < after[0] for before, after in pairwise(merged))


@given(segments(), spans)
def test_cut_keeps_the_source_of_each_character(
    some: tuple[Segment, ...], kept: list[Span]
) -> None:
    """A character that is kept has the source it had, at its new place, and no other has one."""
    staying = merge(kept, 40)
    moved = {old: new for new, old in enumerate(sorted(covered(staying, 40)))}
    expected = {moved[at]: source for at, source in characters(some).items() if at in moved}

    assert expected == characters(cut(some, staying))


@given(segments(), segments())
def test_compose_follows_both_maps(upper: tuple[Segment, ...], lower: tuple[Segment, ...]) -> None:
    """A character has a source if both maps have one for it, and it is the one behind both."""
    middle = characters(lower)
    expected = {at: middle[to] for at, to in characters(upper).items() if to in middle}

    assert expected == characters(compose(upper, lower))


@given(segments())
def test_segments_that_touch_are_joined(some: tuple[Segment, ...]) -> None:
    """Two segments in a row never touch on both sides."""
    joined = cut(some, [(0, 40)])

    assert not any(
        before.end == after.start and before.source_end == after.source_start
        for before, after in pairwise(joined)
    )


@given(segments(), st.integers(0, 50))
def test_compose_with_a_decoded_text(upper: tuple[Segment, ...], length: int) -> None:
    """Where the middle text is its own source, segments stay, but for what is beyond its end."""
    expected = {at: to for at, to in characters(upper).items() if to < length}

    assert expected == characters(compose(upper, (Segment(0, length, 0, length),)))

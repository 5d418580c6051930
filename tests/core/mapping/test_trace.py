"""Segments from the places of pieces."""

from __future__ import annotations

from copydesk.mapping.pieces import split_lines
from copydesk.mapping.trace import trace
from copydesk.mapping.visible import Visible
from copydesk.spans import Segment


def follow(old: str, new: str, letters: list[int]) -> list[Segment]:
    """Return the segments of the lines of `new`, given the letters of `old` they begin at."""
    return trace(Visible(old), new, zip(split_lines(new), letters, strict=True))


def test_other_white_space_parts_segments() -> None:
    """Words parted by other white space are segments of their own."""
    assert [Segment(0, 3, 0, 3), Segment(4, 11, 5, 12)] == follow(
        "one\n two six", "one two six", [0]
    )


def test_same_white_space_joins_lines() -> None:
    """Lines that are parted by the same white space on both sides are one segment."""
    assert [Segment(0, 7, 1, 8)] == follow(" one\ntwo", "one\ntwo", [0, 3])


def test_words_that_are_parted_on_one_side() -> None:
    """White space that only one text has parts segments, on either side."""
    assert [Segment(0, 1, 0, 1), Segment(2, 3, 1, 2), Segment(3, 4, 3, 4)] == follow(
        "ab c", "a bc", [0]
    )


def test_long_words() -> None:
    """A word longer than what is read at once is still one segment."""
    assert [Segment(0, 5000, 0, 5000), Segment(5001, 5002, 5002, 5003)] == follow(
        "x" * 5000 + "\n\ny", "x" * 5000 + " y", [0]
    )

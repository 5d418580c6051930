"""The pieces of a text whose places are sought."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.mapping.pieces import Piece, split_lines, split_piece
from copydesk.mapping.visible import squeeze

texts = st.text("ab |-'’&\n\u00a0é中", max_size=60)


def read(text: str, pieces: list[Piece]) -> list[str]:
    """Return what pieces hold, after a check that they are sound, in order and apart."""
    at = 0
    for start, end, letters in pieces:
        assert at <= start < end
        assert letters == squeeze(text[start:end])
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end
    return [text[piece.start : piece.end] for piece in pieces]


@given(texts)
def test_lines_are_sound(text: str) -> None:
    """Pieces begin and end with a letter, are in order, and none holds a line break."""
    assert not any("\n" in line for line in read(text, list(split_lines(text))))


@given(texts)
def test_parts_are_smaller(text: str) -> None:
    """The parts of a piece lie inside it, and each is smaller than it."""
    for piece in split_lines(text):
        parts = list(split_piece(text, piece))
        read(text, parts)

        assert all(piece.start <= part.start and part.end <= piece.end for part in parts)
        assert piece not in parts


def test_marks_of_extractors_are_left_out() -> None:
    """The mark of a list item and the edges of table cells are no part of a piece."""
    text = "- one\n| two | three |\n four - five"

    assert ["one", "two", "three", "four - five"] == read(text, list(split_lines(text)))


def test_seams_part_first() -> None:
    """A piece is parted where a source may write characters in another way; one letter is none."""
    text = "we’re “here” & there; it’s"

    assert ["we", "re", "here", "there; it"] == [
        text[piece.start : piece.end]
        for line in split_lines(text)
        for piece in split_piece(text, line)
    ]


def test_halves_are_parted_at_a_blank() -> None:
    """Without a seam a piece is parted at the blank nearest to its middle."""
    text = "one two three four"

    assert ["one two", "three four"] == [
        text[piece.start : piece.end]
        for line in split_lines(text)
        for piece in split_piece(text, line)
    ]

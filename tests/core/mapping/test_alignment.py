"""Laws of the alignment of an extracted text with the old one."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.mapping.alignment import align
from copydesk.spans import Segment, Span

letters = st.text("ab |-'’&\n\u00a0é中", max_size=60)


@st.composite
def texts_with_markup(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text and spans of it that are markup."""
    text = draw(letters)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def extractions(draw: st.DrawFn) -> tuple[str, list[Span], str, list[int]]:
    """A page of paragraphs that differ, what an extractor makes of it, and the truth.

    The truth is where each character of the new text stood, or -1 where it is new.
    """
    numbers = draw(st.permutations(range(100, 130)))
    page = new = ""
    markup: list[Span] = []
    truth: list[int] = []
    for index in range(draw(st.integers(1, 6))):
        words = [f"word{number}" for number in numbers[5 * index : 5 * index + 5]]
        keep = draw(st.booleans())
        markup.append((len(page), len(page) + 3))
        page += "<p>"
        bullet = "- " if draw(st.booleans()) else ""
        if keep:
            new, truth = new + bullet, [*truth, *[-1] * len(bullet)]
        for word in words:
            blank = draw(st.sampled_from([" ", "\n  ", " <b>", "&rsquo;"]))
            here = len(page)
            page += word + blank
            if blank == " <b>":
                markup.append((len(page) - 3, len(page)))
            if keep:
                new += word + ("’" if blank == "&rsquo;" else " ")
                truth += [*range(here, here + len(word)), -1]
        if keep:
            new = new.rstrip(" ") + "\n"
            truth = [*truth[: len(new) - 1], -1]
    return page, markup, new, truth


def check(old: str, new: str, segments: list[Segment]) -> None:
    """Check what every alignment keeps to."""
    at = 0
    for segment in segments:
        assert at <= segment.start < segment.end <= len(new)
        assert 0 <= segment.source_start < segment.source_end <= len(old)
        assert old[segment.source_start : segment.source_end] == new[segment.start : segment.end]
        at = segment.end


@given(texts_with_markup(), letters)
def test_segments_are_equal_sorted_and_apart(old: tuple[str, list[Span]], new: str) -> None:
    """Whatever the texts, segments are in bounds, in order, apart, and equal on both sides."""
    check(old[0], new, align(old[0], new, old[1]))


@given(extractions())
def test_every_character_has_its_true_place_or_none(
    extraction: tuple[str, list[Span], str, list[int]],
) -> None:
    """Where each paragraph is there once, a letter is never mapped to a place it is not from."""
    page, markup, new, truth = extraction
    segments = align(page, new, markup)
    check(page, new, segments)
    found = {
        at: segment.source_start + at - segment.start
        for segment in segments
        for at in range(segment.start, segment.end)
    }
    expected = {at: place for at, place in enumerate(truth) if place >= 0}

    assert expected == {at: place for at, place in found.items() if at in expected}


@given(st.text("abc ", min_size=1, max_size=12), st.text("xyz ", max_size=12))
def test_a_piece_that_is_there_twice_has_no_place(piece: str, between: str) -> None:
    """What is in the old text twice is not mapped, for either place would be a guess."""
    assert [] == align(f"{piece}{between}{piece}", piece) or not piece.strip()


def test_neighbours_decide() -> None:
    """Of two equal lines, the one that follows on the mapped neighbour is meant."""
    old = "First paragraph. The same words. Other words entirely. The same words."

    assert [Segment(0, 16, 0, 16), Segment(17, 32, 17, 32)] == align(
        old, "First paragraph.\nThe same words."
    )


def test_equal_lines_on_both_sides_are_not_guessed() -> None:
    """A line that is there twice between two neighbours has no place."""
    old = "Begin here now. twice\nother\ntwice\nThe end of it."
    new = "Begin here now.\ntwice\nThe end of it."

    assert ["Begin here now.", "The end of it."] == [
        new[segment.start : segment.end] for segment in align(old, new)
    ]


def test_markup_is_passed_over() -> None:
    """Text that is parted by markup is mapped on both sides of it, and not into it."""
    old = "<i title='a dog'>a</i> dog"

    assert [Segment(0, 1, 17, 18), Segment(1, 5, 22, 26)] == align(
        old, "a dog", [(0, 17), (18, 22)]
    )


def test_what_is_the_same_on_both_sides_joins() -> None:
    """White space that is equal on both sides belongs to the segment."""
    assert [Segment(0, 11, 4, 15)] == align("xxx one two six yyy", "one two six")


def test_moved_line() -> None:
    """A long line that was moved is mapped although it is out of order."""
    line = "This line is long enough not to be there by chance."

    assert [0, 52] == [
        segment.source_start
        for segment in align(
            f"{line} The body of the text, which comes first in the old text and last in the new.",
            f"The body of the text, which comes first in the old text and last in the new.\n{line}",
        )
    ][::-1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("word " * 2_000_000, "word " * 2_000_000),
        ("w" * 10_000_000, "w" * 5_000_000),
        ("a&b" * 2_000_000, "a’b" * 500_000),
        ("a" * 5_000_000, "a " * 2_500_000),
        ("\n" * 5_000_000, "\n" * 5_000_000),
        ("line\n" * 500_000, "enil\n" * 500_000),
        (
            "".join(f"{i}\n" for i in range(300_000)),
            "".join(f"{i}\n" for i in range(300_000, 0, -1)),
        ),
    ],
    ids=["words", "letters", "seams", "blanks", "breaks", "lines", "reversed"],
)
def test_hostile_texts_take_seconds(old: str, new: str) -> None:
    """Texts made to be searched for ever are given up in seconds."""
    start = process_time()
    segments = align(old, new)

    assert process_time() - start < 20
    check(old, new, segments)

"""The visible text of a page, and where its characters stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.mapping.visible import Visible, squeeze


@given(st.text())
def test_squeeze_takes_all_white_space(text: str) -> None:
    """What is left are the characters that are no white space, in their order."""
    assert [c for c in text if not c.isspace()] == list(squeeze(text))


@given(st.text(max_size=40), st.sets(st.integers(0, 40), max_size=8), st.data())
def test_places_give_the_same_characters(text: str, marks: set[int], data: st.DataObject) -> None:
    """The places of a span hold its characters, outside of the markup."""
    edges = sorted(mark for mark in marks if mark <= len(text))
    markup = list(zip(edges[::2], edges[1::2], strict=False))
    visible = Visible(text, markup)
    start = data.draw(st.integers(0, len(visible.text)))
    end = data.draw(st.integers(start, len(visible.text)))
    places = list(visible.places(start, end))

    assert visible.text[start:end] == "".join(text[a:b] for a, b in places)
    assert not any(a < end and start < b for a, b in places for start, end in markup)


@given(st.text(" ab\n\u3000", max_size=2000))
def test_place_finds_each_letter(text: str) -> None:
    """The n-th letter stands where the n-th character is that is no white space."""
    visible = Visible(text)

    assert [at for at, c in enumerate(text) if not c.isspace()] == [
        visible.place(letter) for letter in range(len(visible.letters))
    ]


def test_place_in_a_long_text() -> None:
    """Letters are found beyond the blocks that hold none."""
    visible = Visible(" " * 2000 + "a" + "\n" * 3000 + "b")

    assert [2000, 5001] == [visible.place(0), visible.place(1)]

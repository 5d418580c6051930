"""Texts for a database that knows no NUL."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk_postgres.text import escape, restore


@given(st.text(st.sampled_from("a0+\0\ue000\ue001")) | st.text())
def test_texts_come_back(text: str) -> None:
    """Every text is written without NUL and read back as it was."""
    assert "\0" not in escape(text)
    assert text == restore(escape(text))


def test_most_texts_stay_as_they_are() -> None:
    """A text without either character is written as it is."""
    assert "zwei €\n" == escape("zwei €\n")

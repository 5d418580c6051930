"""Tests of making text safe to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.printable import excerpt, make_printable, quote


@given(st.text())
def test_nothing_can_command_a_terminal(text: str) -> None:
    """No control character and no turn of direction is left, whatever the text is."""
    shown = make_printable(text)

    assert not set(shown) & {*map(chr, range(32)), "\x7f", "\x9b", "\u202e", "\u2066", "\u2028"}


@pytest.mark.parametrize(
    "text", ["77 593 $", "77\xa0593\u202f$", "新闻\u3000", "می\u200cخواهم", "🗞"]
)
def test_every_script_stays_as_it_is(text: str) -> None:
    """Spaces of every kind, joiners and letters of every script are shown as they are."""
    assert text == make_printable(text)


def test_escapes() -> None:
    """What is not shown is written as an escape, except what is to be kept."""
    assert r"\x1b[2J\n\u202e" == make_printable("\x1b[2J\n\u202e")
    assert "a\nb" == make_printable("a\nb", keep="\n")


def test_quote_is_one_short_line() -> None:
    """A long text is cut, and line breaks are escapes."""
    assert r"'a\nb'" == quote("a\nb")
    assert "'aaaa…'" == quote("a" * 100, 5)


def test_excerpt_shows_what_is_around() -> None:
    """A span is shown with its neighbours, and marks tell that there is more."""
    assert "'…cdEFgh…'" == excerpt("abcdEFghij", 4, 6, 2)
    assert "'EFgh'" == excerpt("EFgh", 0, 2, 2)

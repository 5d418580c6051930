"""The lines of a text and the sentences of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_boilerplate.edges import find_lines, find_sentences


@given(st.text(" ab\n\r\u2028\u3000.", max_size=40))
def test_lines_hold_all_that_is_not_blank(text: str) -> None:
    """Lines are in order, begin and end with a letter, and nothing but blanks is between them."""
    spans = find_lines(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]

    assert edges == sorted(edges)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    assert not "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


@given(st.text(" ab.!?。\n”", max_size=40))
def test_sentences_make_up_the_line(line: str) -> None:
    """The sentences of a line follow each other without a gap."""
    assert line == "".join(line[start:end] for start, end in find_sentences(line))


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        (["One. ", "Two! ", "Three"], "One. Two! Three"),
        (["一。", "二！”", "三"], "一。二！”三"),
        (["It costs 1.5 dollars. ", "Yes."], "It costs 1.5 dollars. Yes."),
        (["“Quoted.” ", "Said."], "“Quoted.” Said."),
        (["نعم؟ ", "لا."], "نعم؟ لا."),
        (["एक। ", "दो।"], "एक। दो।"),
    ],
)
def test_sentences(expected: list[str], line: str) -> None:
    """A stop ends a sentence before a blank, a full-width one anywhere; quotes go with it."""
    assert expected == [line[start:end] for start, end in find_sentences(line)]

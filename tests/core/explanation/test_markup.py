"""Tests of telling markup from what a reader sees."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.explanation.markup import find_markup


def see(page: str) -> str:
    """Return what is left of a page without its markup."""
    seen, at = [], 0
    for start, end in find_markup(page):
        seen.append(page[at:start])
        at = end
    return "|".join([*seen, page[at:]])


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>a<br/>b</p>", "|a|b|"),
        ("a<script>if (x < 1) y('</p>')</script>b", "a|b"),
        ("a<!-- <p>x</p> --> b", "a| b"),
        ("a<STYLE>p {}</Style>b", "a|b"),
        ("<head><title>x</title></head>y", "|y"),
        ("a < b and b > c", "a | c"),
        ("a<script>never ends", "a|"),
        ("<!doctype html>a", "|a"),
    ],
)
def test_what_a_reader_sees(page: str, seen: str) -> None:
    """Tags, comments, scripts and heads are passed over."""
    assert seen == see(page)


@given(st.text(alphabet="<>/!-ab script", max_size=60))
def test_spans_are_in_order_and_apart(page: str) -> None:
    """Whatever the page is, spans follow each other and lie in it."""
    at = 0
    for start, end in find_markup(page):
        assert at <= start < end <= len(page)
        at = end


@pytest.mark.parametrize("piece", ["<", "<script", "<!--", "<a ", "</", "<a>", "<" + "a" * 50])
def test_hostile_pages_take_linear_time(piece: str) -> None:
    """A megabyte of what could begin a tag takes a moment."""
    page = piece * (1_000_000 // len(piece))
    began = process_time()

    list(find_markup(page))

    assert process_time() - began < 3

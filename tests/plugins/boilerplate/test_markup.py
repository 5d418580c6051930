"""The markup of a page."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_boilerplate.markup import count_attribute_pairs, find_markup

soup = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "<p",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "='",
            '="',
            "'",
            '"',
            "text",
            " ",
            "\n",
            "<style",
            "<title>",
            "</TITLE>",
            "<noscript>",
            "-",
            "=",
            "<br/>",
            "</",
        ]
    ),
    max_size=20,
).map("".join)


@given(soup)
def test_spans_are_sorted_and_apart(page: str) -> None:
    """Spans are full, in bounds, in order, and do not touch text that has no `<`."""
    edges = [edge for span in find_markup(page) for edge in span]

    assert edges == sorted(edges)
    assert all(start < end for start, end in find_markup(page))
    assert all(page[start] == "<" for start, _ in find_markup(page))
    assert not edges or edges[-1] <= len(page)


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        ("ab", "<p>a<br/>b</p>"),
        ("a b", "a<!-- <p>x</p> --> b<!--no end"),
        ("ab", "a<script>if (1 < 2) { '<p>x</p>' }</script>b"),
        ("ab", "a<STYLE>p > b {}</Style>b"),
        ("ab", "a<title>x</title>b<noscript><p>x</p></noscript>"),
        ("a < b <3 &lt;", "a < b <3 &lt;"),
        ("ab", "a<img alt='x > y' title=\"it's\">b"),
        ("ab", "a<a href=it's>b"),
        ("ab", 'a<a href="x"">b'),
        ("a b", "<i>a</i> <b>b</b>"),
        ("ab", "<i>a</i>\n  <b>b</b>"),
        ("a\nb", "<i>a</i>\nb"),
        ("ab", "a<?php x ?>b<!DOCTYPE html>"),
        ("a", "a<p class='never closed"),
        ("scripted", "<scripted>scripted</scripted>"),
    ],
)
def test_text_that_is_left(expected: str, page: str) -> None:
    """What is not markup is what a browser may show."""
    spans = find_markup(page)
    edges = [0, *(edge for span in spans for edge in span), len(page)]

    assert expected == "".join(page[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<!--",
        "<!-- -",
        "<a ='",
        "<a b=\"'",
        "<script>",
        "<script",
        "<a>",
        "-->",
        "</",
        "='",
        "<\n",
        "<a =\n",
        "<title><",
    ],
)
def test_floods_take_seconds(piece: str) -> None:
    """Twenty million characters of anything are read in seconds."""
    page = piece * (20_000_000 // len(piece))
    start = process_time()
    count_attribute_pairs(page, find_markup(page))

    assert process_time() - start < 15


def test_attribute_pairs() -> None:
    """Attributes are counted in long tags only, and what is quoted is not taken for them."""
    many = "<p " + " ".join(f"a{number}" for number in range(3000)) + ">"
    quoted = "<p title='" + "word " * 3000 + "'>"
    page = f"<b>{many}<!-- {'a ' * 9000} -->{quoted}"

    assert 3001**2 <= count_attribute_pairs(page, find_markup(page)) < 3010**2

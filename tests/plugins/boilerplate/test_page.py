"""The parse of a page."""

from __future__ import annotations

import pytest

from copydesk.api import DocumentError
from copydesk_boilerplate.page import Parser

PARSER = Parser()


def read(page: str) -> str:
    """Return the text of a page."""
    return " ".join(PARSER.parse(page).text_content().split())


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        ("a b", "<html><body><p>a</p> <p>b</p>"),
        ("a", "a"),
        ("ab", "<p>a\x00\x01\x0bb"),
        ("ab", "<p>a\ufffe\uffffb"),
        ("a", "<html lang=de /><body>a</body></html>"),
        ("ä", '<?xml version="1.0" encoding="iso-8859-1"?><html><body>ä</body></html>'),
        ("ä", '<html><head><meta charset="iso-8859-1"></head><body>ä</body></html>'),
        ("a?", "<p>a\ud800"),
        ("a", "<p>a<!-- b --><?c?>"),
    ],
)
def test_text(expected: str, page: str) -> None:
    """Pages are read whatever they declare, and what no tree can hold is left out."""
    assert expected == read(page)


def test_nothing_is_dropped() -> None:
    """Deep nesting and a text of 11 MB are read to their end."""
    assert "end" == read("<div>" * 1500 + "end")
    assert 11_000_004 == len(read(f"<p>{'w' * 11_000_000}</p> end"))


def test_nested_too_deep() -> None:
    """A page that the parser would cut short is refused, and the line is told."""
    with pytest.raises(DocumentError, match="line 2: the page cannot be parsed to its end"):
        PARSER.parse("<html>\n" + "<div>" * 100_000 + "<p>text")


@pytest.mark.parametrize("page", ["", " \n ", "\0\0"])
def test_blank(page: str) -> None:
    """A page without anything in it is refused."""
    with pytest.raises(DocumentError, match="the page is empty"):
        PARSER.parse(page)


def test_a_page_after_a_bad_one() -> None:
    """The parser is as good as new after a page that it refused."""
    with pytest.raises(DocumentError):
        PARSER.parse("<div>" * 100_000)

    assert "a" == read("<p>a")

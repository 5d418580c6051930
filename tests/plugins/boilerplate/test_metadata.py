"""What pages say about themselves."""

from __future__ import annotations

import pytest

from copydesk.api import Metadata
from copydesk_boilerplate.metadata import PageFacts
from copydesk_boilerplate.page import Parser

PARSER = Parser()


def read(head: str = "", body: str = "", root: str = "") -> Metadata:
    """Return the metadata of a page."""
    page = f"<html {root}><head>{head}</head><body>{body}<p>x</p></body></html>"
    return PageFacts(PARSER.parse(page)).read()


def test_page_that_says_all() -> None:
    """Every field is read from the place that is made for it."""
    head = """
        <title>Headline of the page - The Example</title>
        <link rel="canonical" href="https://example.org/a">
        <meta property="og:title" content="Headline for sharing">
        <meta property="og:description" content="A &amp;amp; B">
        <meta property="og:image" content="https://example.org/a.jpg">
        <meta property="article:section" content="Politics">
        <meta property="article:tag" content="tax"><meta property="article:tag" content="law, tax">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "The headline",
          "author": [{"name": "Jane Doe"}, {"name": "John Roe"}],
          "datePublished": "2024-11-22T06:57:50+01:00", "dateModified": "2024-11-23",
          "publisher": {"name": "The Example"}}</script>
    """

    assert Metadata(
        title="The headline",
        authors=("Jane Doe", "John Roe"),
        published="2024-11-22T06:57:50+01:00",
        modified="2024-11-23",
        publisher="The Example",
        url="https://example.org/a",
        description="A & B",
        categories=("Politics",),
        tags=("tax", "law"),
        image="https://example.org/a.jpg",
        language="de-AT",
    ) == read(head, root="lang=de_AT")


def test_page_that_says_nothing() -> None:
    """Nothing is guessed."""
    assert Metadata() == read(body="<p>Published yesterday by someone, 22.11.2024</p>")


@pytest.mark.parametrize(
    ("expected", "head", "body"),
    [
        ("Shown", "<meta property=og:title content=Shared>", "<h1>Shown</h1>"),
        ("Shared", "<meta property=og:title content=Shared>", "<h1>One</h1><h1>Two</h1>"),
        ("Title", "<meta property=og:site_name content=Site><title>Title | Site</title>", ""),
        ("Title | Part", "<title>Title | Part</title>", ""),
        ("A B", "", "<h1> A <b>B</b>\n</h1>"),
    ],
)
def test_titles(expected: str, head: str, body: str) -> None:
    """The only headline shown comes before the one for sharing; the name of the site goes."""
    assert expected == read(head, body).title


@pytest.mark.parametrize(
    ("expected", "head", "body"),
    [
        (("Jane Doe", "John Roe"), "<meta name=author content='Jane Doe and John Roe'>", ""),
        ((), "<meta name=author content='https://example.org/jane'>", ""),
        (("Jane Doe",), "", "<a rel=author href=/j>By Jane Doe</a>"),
        (("Jane Doe",), "", "<span itemprop=author><span itemprop=name>Jane Doe</span></span>"),
    ],
)
def test_authors(expected: tuple[str, ...], head: str, body: str) -> None:
    """Authors are read from what is declared, then from what is marked."""
    assert expected == read(head, body).authors


@pytest.mark.parametrize(
    ("expected", "head", "body"),
    [
        ("2024-11-22", "<meta property=article:published_time content=2024-11-22>", ""),
        ("2024-11-22", "", "<time datetime='2024-11-22'>yesterday</time>"),
        ("2024-11-22", "", "<meta itemprop=datePublished content=2024-11-22>"),
        ("2024-11-22", "<meta name=date content=unknown>", "<time datetime='2024-11-22'>"),
    ],
)
def test_dates(expected: str, head: str, body: str) -> None:
    """Dates are read from what is declared, then from what is marked."""
    assert expected == read(head, body).published


def test_addresses() -> None:
    """An address that is not whole is left out."""
    assert read("<link rel=canonical href=/a><meta property=og:image content=a.jpg>").url is None
    assert "https://x.org" == read("<meta property=og:url content='https://x.org'>").url


def test_language_that_is_none() -> None:
    """A language that is no tag is left out, and the next declaration counts."""
    meta = "<meta http-equiv=content-language content=fr>"

    assert "fr" == read(meta, root="lang='{{ lang }}'").language

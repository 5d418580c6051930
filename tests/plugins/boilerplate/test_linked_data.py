"""What pages say in JSON-LD."""

from __future__ import annotations

import json

import pytest

from copydesk_boilerplate.linked_data import LinkedData

ARTICLE = {"@type": "NewsArticle", "headline": "A  headline", "author": {"name": "Jane"}}


def test_article() -> None:
    """Texts are read with single blanks; of a thing, its name."""
    data = LinkedData([json.dumps(ARTICLE)])

    assert ["A headline"] == data.texts("headline")
    assert ["Jane"] == data.texts("author")
    assert [] == data.texts("publisher")


@pytest.mark.parametrize(
    "script",
    [
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        f"{json.dumps(ARTICLE)};",
        json.dumps([{"@type": "Organization", "headline": "no"}, ARTICLE]),
        json.dumps({"@graph": [{"@type": "BreadcrumbList"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE, "headline": "of the page"}),
        json.dumps({**ARTICLE, "@type": ["Article", "NewsArticle"]}),
        json.dumps(ARTICLE).replace('headline"', 'headline"\t'),
    ],
)
def test_ways_to_write_it(script: str) -> None:
    """The article is found however it is wrapped and nested, before the page around it."""
    assert ["A headline"] == LinkedData([script]).texts("headline")


def test_authors_by_reference() -> None:
    """An author who is only named by reference is read where it is told of."""
    graph = [
        {"@type": "Article", "author": [{"@id": "#jane"}, "John &amp; Co"]},
        {"@type": "Person", "@id": "#jane", "name": "Jane"},
    ]

    assert ["Jane", "John & Co"] == LinkedData([json.dumps({"@graph": graph})]).texts("author")


def test_the_page_tells_what_the_article_does_not() -> None:
    """What the first article does not say is read from the page."""
    scripts = [json.dumps({"@type": "WebPage", "datePublished": "2024-11-22"}), json.dumps(ARTICLE)]

    assert ["2024-11-22"] == LinkedData(scripts).texts("datePublished")


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 100_000,
        "null",
        "3",
        '{"@type": 3, "@id": 4}',
        '{"@graph": "x", "@type": "Article"}',
        '{"@type":"Article","headline":{"name":{"name":{"name":{"name":{"name":"x"}}}}}}',
    ],
)
def test_bad_scripts(script: str) -> None:
    """A script that is no JSON, or nested without end, says nothing."""
    assert [] == LinkedData([script]).texts("headline")

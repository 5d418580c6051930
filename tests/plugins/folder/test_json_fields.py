"""What is made of the fields of a JSON object."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.api import Metadata
from copydesk_folder.json_fields import Fields


def read(**fields: Any) -> Metadata:
    """Return the metadata of an object with these fields."""
    return Fields({}).read({"text": "x", **fields}).metadata


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-17", "2024-05-17"),
        (" 2024-05-17T12:30:00Z ", "2024-05-17T12:30:00Z"),
        ("Fri, 17 May 2024 12:30:00 +0200", "2024-05-17T12:30:00+02:00"),
        ("Fri, 17 May 2024", "2024-05-17"),
        ("17 May 2024", "2024-05-17"),
        ("May 17, 2024", "2024-05-17"),
        ("Fri, 31 Jun 2024", None),
        ("12 Angry Men 1957", None),
        (1_715_949_000, "2024-05-17T12:30:00+00:00"),
        (1_715_949_000_000, "2024-05-17T12:30:00+00:00"),
        ("yesterday", None),
        (10**40, None),
        (float("nan"), None),
        (True, None),
        (["2024"], None),
    ],
)
def test_dates(value: object, expected: str | None) -> None:
    """Dates come out in ISO 8601, whatever common form they have; what is none is left out."""
    assert expected == read(published=value).published


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A. Smith", ("A. Smith",)),
        (["A", " ", None, "B"], ("A", "B")),
        ([{"name": "A", "id": 1}, {"id": 2}], ("A",)),
        (12, ()),
    ],
)
def test_authors(value: object, expected: tuple[str, ...]) -> None:
    """Authors are a text, a list of texts, or objects with names."""
    assert expected == read(authors=value).authors


def test_keywords() -> None:
    """Keywords are a list, or a text with commas or semicolons."""
    assert ("a", "b c", "d") == read(tags="a, b c;d").tags
    assert ("a, b",) == read(categories=["a, b"]).categories


def test_text_is_taken_before_html() -> None:
    """Of text and HTML the text is taken, unless it is empty or switched off."""
    both = {"text": "plain", "html": "<p>"}

    assert (b"plain", "text/plain") == _content(Fields({}), both)
    assert (b"<p>", "text/html") == _content(Fields({"text": ""}), both)
    assert (b"<p>", "text/html") == _content(Fields({}), {**both, "text": ""})
    assert (b"", "text/plain") == _content(Fields({}), {"text": ""})


def test_whole_name_before_dots() -> None:
    """A field that has dots in its name is found before the field of an object."""
    row = {"a.b": "whole", "a": {"b": "inner"}}

    assert (b"whole", "text/plain") == _content(Fields({"text": "a.b"}), row)
    assert (b"inner", "text/plain") == _content(Fields({"text": "a.b"}), {"a": {"b": "inner"}})


def _content(fields: Fields, row: dict[str, Any]) -> tuple[bytes, str]:
    found = fields.read(row)
    return found.content, found.media_type

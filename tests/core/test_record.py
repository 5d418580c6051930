"""The record, as JSON and against its schema."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from attrs import evolve
from jsonschema import Draft202012Validator, ValidationError

from copydesk.document import Document, Encoding, Entity, Language, LanguageSpan, Value
from copydesk.item import Item
from copydesk.record import Record, StepTrace, identify, publish
from copydesk.schemas.classes import describe_record

TRACE = StepTrace("x.y", "y", "copydesk", "1", "00", 0.5, "done")


@pytest.fixture
def document() -> Document:
    """Return a document with something in every field."""
    item = Item("a.zip", "b.txt", "text/plain", modified=1_700_000_000.25, size=99)
    document = Document(item, "Zürich zahlt 5 €".encode(), "ab" * 32, "text/plain")
    document = document.decoded("Zürich zahlt 5 €", Encoding("utf-8", "utf-8"))
    return evolve(
        document,
        language=Language("de", "Latn", 0.9),
        languages=(LanguageSpan(0, 16, "de", 0.9),),
        entities=(
            Entity(13, 16, "5 €", "MONEY", value=Value(number=5, currency="EUR")),
            Entity(0, 6, "Zürich", "PLACE", link="x"),
        ),
    ).with_extra("mine", score=0.5)


@pytest.fixture
def record(document: Document) -> Any:
    """Return its record as plain JSON data."""
    return json.loads(publish(document, (TRACE,), "f" * 32).to_json())


def test_record_is_valid(record: Any) -> None:
    """A record follows the published schema."""
    Draft202012Validator(describe_record()).validate(record)


@pytest.mark.parametrize(
    "spoil", [{"text": None}, {"schema": 1}, {"surplus": 1}, {"entities": [{"start": 0}]}]
)
def test_schema_refuses_other_rows(record: Any, spoil: Any) -> None:
    """The schema is strict: a wrong type, a missing or an unknown field is refused."""
    with pytest.raises(ValidationError):
        Draft202012Validator(describe_record()).validate(record | spoil)


def test_record_says_where_it_came_from(record: Any) -> None:
    """The origin names place, member, type, the size that was read, hash and time in UTC."""
    assert {
        "uri": "a.zip", "member": "b.txt", "media_type": "text/plain", "size": 19,
        "sha256": "ab" * 32, "modified": "2023-11-14T22:13:20.250000+00:00",
    } == record["source"]  # fmt: skip


@pytest.mark.parametrize("seconds", [1e12, -1e12, 1e300, float("inf"), float("-inf"), float("nan")])
def test_time_that_cannot_be_written(document: Document, seconds: float) -> None:
    """A time outside the years 1 to 9999 is left out, of a new record and of one that follows."""
    item = evolve(document.item, modified=seconds)

    assert publish(evolve(document, item=item), (), "").source.modified is None
    assert publish(document, (), "").following(item).source.modified is None


def test_entities_are_in_the_order_of_the_text(record: Any) -> None:
    """Entities are sorted by offset, whichever step found them first."""
    assert ["Zürich", "5 €"] == [entity["text"] for entity in record["entities"]]


def test_json_is_in_the_order_of_the_fields(record: Any) -> None:
    """A record is written in the order in which its schema, and so the reference, lists it."""
    schema = describe_record()

    assert list(schema["properties"]) == list(record)
    for name, value in (
        ("Encoding", record["encoding"]),
        ("Entity", record["entities"][0]),
        ("Language", record["language"]),
        ("LanguageSpan", record["languages"][0]),
        ("Metadata", record["metadata"]),
        ("Origin", record["source"]),
        ("Segment", record["segments"][0]),
        ("StepTrace", record["steps"][0]),
        ("Value", record["entities"][1]["value"]),
    ):
        assert list(schema["$defs"][name]["properties"]) == list(value), name


def test_json_reads_back_as_the_record(document: Document) -> None:
    """The JSON of a record holds all of it."""
    record = publish(document, (TRACE,), "f" * 32)

    assert record == msgspec.json.decode(record.to_json(), type=Record)


def test_identifier_is_of_the_place_not_of_the_content() -> None:
    """The same place keeps its identifier, and a member has another than its container."""
    assert identify("a.zip#b.txt") == identify(Item("a.zip", "b.txt").key)
    assert identify("a.zip") != identify("a.zip#b.txt")

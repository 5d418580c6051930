"""What a step may return, and what not."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec
import pytest
from attrs import evolve, frozen

from copydesk.document import (
    Candidate,
    Document,
    Encoding,
    Entity,
    Language,
    LanguageSpan,
    Removed,
    Value,
)
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.record import Record, publish
from copydesk.spans import Segment
from copydesk.spec import Drop
from copydesk.steps.result import accept

BEFORE = Document(Item("a.txt"), b"one two").decoded("one two", Encoding("utf-8", "utf-8"))


def odd(value: Any) -> Any:
    """Return a value of a type that should not be there."""
    return value


ONE = Entity(0, 3, "one", "X")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item": Item("b.txt")}, "another document"),
        ({"raw": b"other"}, "another document"),
        ({"languages": ("de",)}, "no tuple of LanguageSpan"),
        ({"entities": [Entity(0, 3, "one", "X")]}, "no tuple of Entity"),
        ({"language": "de"}, "'language' to a str"),
        ({"metadata": {"title": "x"}}, "'metadata' to a dict"),
        ({"metadata": Metadata(authors="Bob")}, "metadata.authors"),  # type: ignore[arg-type]
        ({"entities": (Entity(50, 60, "x", "X"),)}, "at 50-60 of a text of 7"),
        ({"entities": (Entity(0, 3, "two", "X"),)}, "not at 0-3"),
        ({"entities": (Entity(0, 3, "one", "X", float("nan")),)}, "confidence nan"),
        ({"languages": (LanguageSpan(4, 2, "de"),)}, "at 4-2"),
        ({"sha256": "00"}, "'sha256', which is that of the bytes"),
        ({"source": "xyz"}, r"'source', which is set with 'encoding' .* use `document.decoded"),
        ({"media_type": 7}, "'media_type' to 7, of type int; give str$"),
        ({"media_type": None}, "'media_type' to None, of type NoneType; give str$"),
        ({"text": 5}, "'text' to 5, of type int; give str or None"),
        ({"text": b"one"}, "'text' to b'one', of type bytes; give str or None"),
        ({"source": 5}, "'source' to 5, of type int; give str or None"),
        ({"language": Language(odd(None), "Latn", 0.5)}, "'language.code' to None, .* give str$"),
        (
            {"language": Language("de", odd(1))},
            "'language.script' to 1, of type int; give str or None",
        ),
        ({"language": Language("de", None, float("nan"))}, "'language.confidence' to nan, of type"),
        (
            {
                "language": Language(
                    "de", candidates=(Candidate("en", 0.1), Candidate("fr", odd("x")))
                )
            },
            r"'language.candidates\[1\].confidence' to 'x', of type str; give float",
        ),
        ({"encoding": Encoding("utf-8", odd(None))}, "'encoding.method' to None"),
        ({"encoding": "utf-8"}, "'encoding' to 'utf-8', of type str; give Encoding or None"),
        (
            {"metadata": Metadata(title=odd(["x"]))},
            r"'metadata.title' to \['x'\], of type list; give",
        ),
        ({"metadata": Metadata(tags=odd(("x", 3)))}, "metadata.tags"),
        ({"extra": {"mine": 5}}, "'extra' to .*; give a dict of dicts"),
        ({"extra": {"mine": {"what": object()}, 7: object()}}, "'extra' to"),
        (
            {"languages": (LanguageSpan(0, 3, odd(None)),)},
            r"'languages\[0\].code' to None, .*; give str",
        ),
        (
            {"languages": (LanguageSpan(0, odd("3"), "de"),)},
            r"'languages\[0\].end' to '3', .*; give int",
        ),
        (
            {"segments": (Segment(0, 3, 0, odd(3.0)),)},
            r"'segments\[0\].source_end' to 3.0, of type float",
        ),
        ({"removed": (Removed(0, 3, "one", odd(None)),)}, r"'removed\[0\].reason' to None"),
        (
            {"entities": (ONE, Entity(4, 7, "two", odd(5)))},
            r"'entities\[1\].label' to 5, .*; give str$",
        ),
        (
            {"entities": (evolve(ONE, link=odd(42)),)},
            r"entities\[0\].link' to 42, .*; give str or None",
        ),
        ({"entities": (evolve(ONE, start=False),)}, r"entities\[0\].start' to False, of type bool"),
        ({"entities": (evolve(ONE, confidence=odd("1")),)}, r"entities\[0\].confidence' to '1'"),
        (
            {"entities": (evolve(ONE, value=Value(number=odd("5"))),)},
            r"'entities\[0\].value.number' to '5', of type str; give int or float or None",
        ),
        (
            {"entities": (evolve(ONE, value=odd(5)),)},
            r"entities\[0\].value' to 5, .* Value or None",
        ),
        ({"entities": (evolve(ONE, step=odd(5)),)}, r"entities\[0\].step' to 5"),
    ],
)
def test_wrong_values_are_refused(changes: dict[str, Any], words: str) -> None:
    """A value that would make a false or an invalid record is refused, and named."""
    with pytest.raises((TypeError, ValueError), match=words):
        accept(BEFORE, evolve(BEFORE, **changes), "it")


@pytest.mark.parametrize("after", [None, "text", object()])
def test_what_is_no_document_is_refused(after: Any) -> None:
    """A step returns a document or a drop."""
    with pytest.raises(TypeError, match="not a Document or a Drop"):
        accept(BEFORE, after, "it")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (None, r'returned Drop\(None\), whose reason is a NoneType; return Drop\("why"\)'),
        (404, r"returned Drop\(404\), whose reason is a int"),
        (b"short", "whose reason is a bytes"),
    ],
)
def test_drop_without_words_is_refused(reason: Any, words: str) -> None:
    """A reason that is no text is refused, with what to return instead."""
    with pytest.raises(TypeError, match=words):
        accept(BEFORE, Drop(reason), "it")


@pytest.mark.parametrize(
    ("reason", "tidied"),
    [
        ("too short", "too short"),
        ("\x1b[31mred\nline", "\\x1b[31mred line"),
        ("\u202edeb", "\\x202edeb"),
        ("x \udcff", "x \\udcff"),
        ("long " * 1_000_000, ("long " * 100)[:497] + "..."),
    ],
    ids=["plain", "escape", "bidi", "surrogate", "long"],
)
def test_reason_of_a_drop_is_tidied(reason: str, tidied: str) -> None:
    """What a step gives as its reason is one line that no terminal, log or store chokes on."""
    assert Drop(tidied) == accept(BEFORE, Drop(reason), "it")


def test_good_values_are_taken() -> None:
    """What is right passes, with the label of its step."""
    good = evolve(
        BEFORE,
        language=Language("en"),
        languages=(LanguageSpan(0, 7, "en"),),
        entities=(Entity(4, 7, "two", "NUMBER"),),
        metadata=Metadata(authors=("Bob",)),
    )

    after = accept(BEFORE, good, "it")

    assert isinstance(after, Document)
    assert ["it"] == [entity.step for entity in after.entities]


class Label(StrEnum):
    """Labels as an enum, which JSON writes as its values."""

    NUMBER = "NUMBER"


@frozen(slots=False)
class Rich(Entity):
    """An entity with more than the record has."""

    weight: int = 0


@pytest.mark.parametrize(
    "changes",
    [
        {"entities": (Entity(0, 3, "one", Label.NUMBER),)},
        {"entities": (Entity(0, 3, "one", "X", 1),)},
        {"entities": (Rich(0, 3, "one", "X", weight=5),)},
        {"entities": (evolve(ONE, value=Value(number=2**70)),)},
        {"encoding": Encoding("utf-8", "x", candidates=[Candidate("a", 0.5)])},  # type: ignore[arg-type]
        {"extra": {"mine": {"found": [1, None, {"a": "b"}]}}},
        {"extra": MappingProxyType({"mine": {"found": 1}})},
        {"language": None},
        {"source": b"one two".decode()},
        {"encoding": Encoding("x", "y"), "source": "one two"},
    ],
)
def test_what_can_be_written_is_taken(changes: dict[str, Any]) -> None:
    """Values that a record can hold pass, whatever their types, and it can be read again."""
    after = accept(BEFORE, evolve(BEFORE, **changes), "it")

    assert isinstance(after, Document)
    record = publish(after, (), "")
    assert record.text == msgspec.json.decode(record.to_json(), type=Record).text


def test_new_entities_are_signed_and_the_old_stay() -> None:
    """What was there is the same object; what is new has the step's label and all else it had."""
    two = Entity(4, 7, "two", "NUMBER", 0.5, Value(number=2), "link")
    first = accept(BEFORE, evolve(BEFORE, entities=(ONE,)), "one")
    assert isinstance(first, Document)
    both = accept(first, evolve(first, entities=(*first.entities, two)), "two")
    assert isinstance(both, Document)

    assert first.entities[0] is both.entities[0]
    assert (evolve(ONE, step="one"), evolve(two, step="two")) == both.entities


def test_old_entities_are_held_to_a_new_text() -> None:
    """Entities that a step keeps while it changes the text must be where they say."""
    first = accept(BEFORE, evolve(BEFORE, entities=(evolve(ONE),)), "one")
    assert isinstance(first, Document)
    entities = (*first.entities, Entity(0, 3, "two", "X"))
    shorter = evolve(first, text="two", segments=(Segment(0, 3, 4, 7),), entities=entities)

    with pytest.raises(ValueError, match="not at 0-3"):
        accept(first, shorter, "it")

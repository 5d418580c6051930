"""What a step may return, and what not."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from copydesk.document import Document, Encoding, Entity, Language, LanguageSpan
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.spec import Drop
from copydesk.steps.result import accept

BEFORE = Document(Item("a.txt"), b"one two").decoded("one two", Encoding("utf-8", "utf-8"))


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

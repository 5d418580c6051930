"""Tests of reading the fields of attrs classes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, NewType

import attrs
import pytest
from attrs import Factory, field, frozen

from copydesk.fields import REQUIRED, describe_type, document_fields, fields_of, spell

Label = NewType("Label", str)


class Colour(Enum):
    """What an enumeration looks like."""

    RED = "red"
    BLUE = "blue"


@frozen
class Parent:
    """A class to inherit from."""

    path: Path
    """Where it is."""
    size: int = 3
    """How big,
    over two lines."""


@frozen
class Child(Parent):
    """A class that inherits."""

    size: int = 4
    """How big it is now."""
    _hidden: Annotated[str, "a note"] = "x"
    """Set without the underscore."""
    many: tuple[str, ...] = field(factory=lambda: ("a",))
    mine: int = field(default=Factory(lambda self: self.size, takes_self=True))
    made: int = field(default=1, init=False)
    """Cannot be set."""
    old: int = field(default=0, metadata={"deprecated": "use size"})


def test_documentation() -> None:
    """Docstrings below fields are found, inherited ones too, on one line."""
    assert {
        "path": "Where it is.",
        "size": "How big it is now.",
        "_hidden": "Set without the underscore.",
        "made": "Cannot be set.",
    } == document_fields(Child)
    assert "How big, over two lines." == document_fields(Parent)["size"]


def test_fields() -> None:
    """Only what can be set is a field, by the name that sets it, with its default."""
    found = {field.name: field for field in fields_of(Child)}

    assert {
        "path": REQUIRED, "size": 4, "hidden": "x", "many": ("a",), "mine": None, "old": 0,
    } == {name: field.default for name, field in found.items()}  # fmt: skip
    assert "Set without the underscore." == found["hidden"].documentation
    assert "" == found["many"].documentation
    assert str is found["hidden"].kind
    assert "use size" == found["old"].deprecated
    assert found["size"].deprecated is None


def test_classes_without_source() -> None:
    """A class that was made by a program has fields, and no documentation."""
    made = attrs.make_class("Made", {"size": field(type=int, default=1)}, frozen=True)

    assert [("size", int, "")] == [(f.name, f.kind, f.documentation) for f in fields_of(made)]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (bool, "true or false"),
        (int | None, "a whole number or nothing"),
        (int | float, "a whole number or a number"),
        (tuple[str, ...], "a list of texts"),
        (tuple[Label, ...], "a list of texts"),
        (list[Path], "a list of paths"),
        (tuple[Literal["a", "b"], ...], "a list of 'a' or 'b'"),
        (dict[str, float], "a mapping to numbers"),
        (Mapping[str, tuple[str, ...]], "a mapping to a list of texts"),
        (Literal["a", 1, "b"], "'a', 1 or 'b'"),
        (Colour, "'red' or 'blue'"),
        (Annotated[Path, "x"], "a path"),
        (Parent, "a mapping"),
        (Any, "any value"),
        (complex, "complex"),
    ],
)
def test_types_in_words(kind: Any, words: str) -> None:
    """A type is told in words that follow "give"."""
    assert words == describe_type(kind)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        ("no", "'no'"),
        (Path("a/b"), "'a/b'"),
        (("a", 1), "['a', 1]"),
        (Colour.RED, "'red'"),
        ((), "[]"),
    ],
)
def test_values_in_words(value: Any, words: str) -> None:
    """A value is spelled nearly as in YAML."""
    assert words == spell(value)

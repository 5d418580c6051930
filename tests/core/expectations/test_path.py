"""Tests of the dotted names of a record's fields."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.expectations.path import PathError, find, names_in, names_of_record, walk
from copydesk.record import Record

NAMES = names_of_record()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("text", str),
        ("language.code", str),
        ("source.size", int),
        ("metadata.title", str | None),
        ("entities.0.label", str),
        ("extra.shout.marks.deep", Any),
    ],
)
def test_types(path: str, kind: Any) -> None:
    """A path leads through classes, lists and free mappings to the type of a field."""
    assert kind == walk(NAMES, path)


@pytest.mark.parametrize(
    ("path", "offset", "message"),
    [
        ("langauge.code", 0, "unknown field 'langauge'; did you mean 'language'?"),
        ("language.cod", 9, "unknown field 'cod' of language; did you mean 'code'?"),
        ("entities.0.lable", 11, "unknown field 'lable' of entities.0; did you mean 'label'?"),
        ("text.length", 4, "'text' has no fields; remove '.length'"),
        (
            "removed.text", 8,
            (
                "'removed' is a list, which has no 'text'; "
                "write removed.0 for the first entry, or removed: {contains: ...}"
            ),
        ),
    ],
)  # fmt: skip
def test_wrong_paths(path: str, offset: int, message: str) -> None:
    """A path that leads to nothing is told, with the place in it and what was meant."""
    with pytest.raises(PathError) as caught:
        walk(NAMES, path)

    assert (message, offset) == (str(caught.value), caught.value.offset)


def test_fields_of_a_type() -> None:
    """A class has fields, even where there may be nothing instead of it; a text has none."""
    assert "confidence" in (names_in(NAMES["language"]) or {})
    assert names_in(NAMES["text"]) is None
    assert "steps" in (names_in(Record) or {})


def test_values() -> None:
    """A path leads to a value of a record, or to nothing."""
    record = {"language": {"code": "de"}, "entities": [{"text": "a"}], "encoding": None}

    assert "de" == find(record, ("language", "code"))
    assert "a" == find(record, ("entities", "0", "text"))
    for path in ("encoding.name", "entities.1.text", "entities.text", "language.code.x", "nothing"):
        assert find(record, path.split(".")) is None

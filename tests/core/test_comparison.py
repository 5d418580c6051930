"""Tests of comparing records field by field."""

from __future__ import annotations

from typing import Any

from copydesk.comparison import Change, compare

NAME: dict[str, Any] = {"start": 0, "end": 4, "text": "Musk", "label": "PERSON"}
SUM: dict[str, Any] = {"start": 9, "end": 11, "text": "$5", "label": "MONEY"}


def content(**fields: Any) -> dict[str, Any]:
    """Return the content of a record with some fields of its own."""
    whole: dict[str, Any] = {
        "text": "Musk has $5",
        "language": {"code": "en", "confidence": 0.5},
        "languages": [{"start": 0, "end": 11, "code": "en"}],
        "segments": [{"start": 0, "end": 11, "source_start": 0, "source_end": 11}],
        "entities": [NAME, SUM],
        "removed": [],
        "encoding": None,
        "steps": {"lines": "done"},
    }
    return whole | fields


def test_equal_records() -> None:
    """Equal records have no differences, nor have numbers that differ by rounding."""
    nearly = {"code": "en", "confidence": 0.5 + 1e-12}

    assert () == compare(content(), content())
    assert () == compare(content(), content(language=nearly))


def test_fields_by_path() -> None:
    """Each field that differs is named by its path, with both values."""
    other = content(language={"code": "da", "confidence": 0.5}, encoding={"name": "utf-8"})

    assert (
        Change("language.code", "en", "da"),
        Change("encoding.name", None, "utf-8"),
    ) == compare(content(), other)


def test_entries_that_come_and_go() -> None:
    """Of lists of entries only those are told that the other record has not, order or not."""
    other = content(entities=[SUM, {**NAME, "label": "ORG"}])

    assert (Change("entities", [NAME], [{**NAME, "label": "ORG"}]),) == compare(content(), other)


def test_repeated_entries_are_counted() -> None:
    """An entry that is there twice and then once is a difference."""
    assert (Change("entities", [NAME], []),) == compare(
        content(entities=[NAME, NAME]), content(entities=[NAME])
    )


def test_offsets_do_not_count_in_another_text() -> None:
    """Where the text has changed, entities that only moved are no difference."""
    moved = [{**entry, "start": entry["start"] + 2} for entry in (NAME, SUM)]
    same_text = content(entities=moved)
    other_text = content(text="- Musk has $5", entities=moved, segments=[])

    assert ["entities"] == [change.field for change in compare(content(), same_text)]
    assert ["text"] == [change.field for change in compare(content(), other_text)]


def test_steps_count_where_both_have_them() -> None:
    """A step that only one chain has is no difference; one that failed is."""
    other = content(steps={"lines": "failed: no", "new": "done"})

    assert (Change("steps.lines", "done", "failed: no"),) == compare(content(), other)

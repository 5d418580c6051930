"""Tests of how the fates of a document differ."""

from __future__ import annotations

import json
from typing import Any

from copydesk.difference.fate import ABSENT, Fate, Finding, compare_fates

GIVERS = {
    "encoding.chardet": frozenset({"text", "encoding"}),
    "boilerplate.lines": frozenset({"text", "removed"}),
    "language.identify": frozenset({"language", "languages"}),
}


def done(**fields: Any) -> Fate:
    """Return the fate of a document with a record."""
    record: dict[str, Any] = {
        "text": "Musk has $5",
        "source": {"uri": "a", "modified": "2024"},
        "language": {"code": "no"},
        "languages": [],
        "segments": [],
        "entities": [],
        "removed": [],
        "steps": [
            {"use": use, "label": label, "outcome": outcome, "note": None, "seconds": 1.0}
            for use, label, outcome in (
                ("encoding.chardet", "decode", "done"),
                ("boilerplate.lines", "lines", "skipped"),
                ("language.identify", "who", "done"),
            )
        ],
        "fingerprint": "f",
    }
    return Fate("done", record=json.dumps(record | fields).encode())


def test_times_and_fingerprints_are_no_difference() -> None:
    """Records of other times, from another chain, may be the same."""
    other = done(fingerprint="g", source={"uri": "a", "modified": "2025"})

    assert () == compare_fates(done(), other, GIVERS)


def test_difference_is_put_down_to_the_step_that_gave_it() -> None:
    """The last step that ran and gives the field is named, by its label."""
    found = compare_fates(done(), done(language={"code": "da"}, text="Musk has $6"), GIVERS)

    assert (
        Finding("decode", "text", "Musk has $5", "Musk has $6"),
        Finding("who", "language.code", "no", "da"),
    ) == found


def test_a_step_that_is_gone_is_named_for_what_went_with_it() -> None:
    """A value that no step of the second side gives is put down to the one of the first."""
    step = {"use": "encoding.chardet", "label": "decode", "outcome": "done", "note": None}
    (found, *_) = compare_fates(done(), done(language=None, steps=[step]), GIVERS)

    assert Finding("who", "language.code", "no", None) == found


def test_entries_are_told_by_kind_and_step() -> None:
    """Entities are told by label and removed pieces by reason, each with its own step."""
    person = {"text": "Musk", "label": "PERSON", "step": "names", "start": 0, "end": 4}
    money = {"text": "$5", "label": "MONEY", "step": "amounts", "start": 9, "end": 11}
    plug = {"text": "Buy!", "reason": "plug", "step": "lines", "start": 0, "end": 4}

    assert (
        Finding("names", "entities.PERSON", ["Musk"], [], 1, 0),
        Finding("amounts", "entities.MONEY", [], ["$5"], 0, 1),
        Finding("lines", "removed.plug", [], ["Buy!"], 0, 1),
    ) == compare_fates(done(entities=[person]), done(entities=[money], removed=[plug]), GIVERS)


def test_long_texts_show_where_they_begin_to_differ() -> None:
    """Of long texts only the place is told."""
    old, new = "a" * 300, "a" * 200 + "b" * 100
    (finding,) = compare_fates(done(text=old), done(text=new), GIVERS)

    assert Finding("decode", "text", "a" * 60, "a" * 20 + "b" * 40, at=200) == finding


def test_other_ends() -> None:
    """A document that only one side has, or that failed, differs in its outcome and no more."""
    failed = Fate("quarantined", "names", "ValueError: no")

    assert (
        Finding("names", "outcome", "done", "quarantined by names: ValueError: no"),
    ) == compare_fates(done(), failed, GIVERS)
    assert (Finding("", "outcome", "absent", "done"),) == compare_fates(ABSENT, done(), GIVERS)
    assert () == compare_fates(failed, failed, GIVERS)
    assert (Finding("names", "reason", "ValueError: no", "ValueError: not"),) == compare_fates(
        failed, Fate("quarantined", "names", "ValueError: not"), GIVERS
    )

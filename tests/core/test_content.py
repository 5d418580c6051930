"""Tests of what a record says about its document."""

from __future__ import annotations

from copydesk.content import content_of, flatten


def test_times_and_names_of_the_chain_are_left_out() -> None:
    """Neither fingerprint nor times nor versions are content; what became of a step is."""
    step = {"label": "lines", "version": "2", "seconds": 0.5, "outcome": "done", "note": None}
    failed = step | {"label": "names", "outcome": "failed", "note": "no model"}
    record = {
        "text": "a",
        "source": {"uri": "a.txt", "modified": "2024"},
        "steps": [step, failed],
        "fingerprint": "f",
    }

    assert {
        "text": "a",
        "source": {"uri": "a.txt"},
        "steps": {"lines": "done", "names": "failed: no model"},
    } == content_of(record)


def test_flat_values() -> None:
    """Mappings become dotted paths, lists stay whole, nothing is left of null."""
    content = {"a": {"b": {"c": 1}, "d": None}, "e": [{"f": 1}], "g": None}

    assert [("a.b.c", 1), ("e", [{"f": 1}])] == list(flatten(content))

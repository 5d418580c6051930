"""Fingerprints change when results may, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, field, frozen

from copydesk.api import StepSpec
from copydesk.config import First, StepUse
from copydesk.fault import Origin, Place
from copydesk.fingerprint import fingerprint_steps, hash_told
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.registry import Offer

PLACE = Place(Origin("x", Path()))


@frozen
class Options:
    """Some of each kind."""

    size: int = 1
    path: Path | None = None
    table: dict[str, float] = field(factory=dict)


def step(name: str = "a", version: str = "1", plugin: str = "dist", **keys: Any) -> StepUse:
    """Return a configured step."""
    spec: StepSpec[Options] = StepSpec(name, Options, lambda _: None)  # type: ignore[arg-type, return-value]
    offer = Offer("step", spec, plugin, version, "module")
    keys = dict[str, Any]({"options": Options(), "label": name} | keys)
    return StepUse(name, offer, place=PLACE, **keys)


@pytest.mark.parametrize(
    "other",
    [
        step(version="2"),
        step(plugin="fork"),
        step(options=Options(size=2)),
        step(options=Options(table={"x": 0.5})),
        step(when="document.size > 5"),
        step(name="b"),
        step(label="renamed"),
        step(on_error="skip"),
    ],
)
def test_whatever_changes_results_changes_the_fingerprint(other: StepUse) -> None:
    """Version, plugin, options, condition, name, label and on_error all count."""
    assert fingerprint_steps([step()]) != fingerprint_steps([other])


def test_options_by_language_count() -> None:
    """Options for a language make records stale, as options do."""
    some = evolve(step(), by_language={"de": Options(size=2)})
    other = evolve(step(), by_language={"de": Options(size=3)})
    elsewhere = evolve(step(), by_language={"fr": Options(size=2)})

    assert 4 == len({fingerprint_steps([each]) for each in (step(), some, other, elsewhere)})


def test_steps_that_are_tried_one_after_another_count_together() -> None:
    """Steps inside `first` have other fingerprints than the same ones in a row, or in two parts."""
    one, other = First("one", PLACE), First("other", PLACE)

    def mark(*firsts: First | None) -> tuple[str, ...]:
        return fingerprint_steps([evolve(step(), first=first) for first in firsts])

    assert 4 == len(
        {mark(None, None, None), mark(one, one, one), mark(one, one, None), mark(one, one, other)}
    )
    assert mark(one, one) == mark(other, other)


def test_timeout_does_not_count() -> None:
    """What cannot change a record makes none stale."""
    other = evolve(step(), timeout_seconds=5.0)

    assert fingerprint_steps([step()]) == fingerprint_steps([other])


def test_change_reaches_the_steps_after_it() -> None:
    """The fingerprint of a step covers the ones before it, not the ones after."""
    before = fingerprint_steps([step("a"), step("b"), step("c")])
    after = fingerprint_steps([step("a"), step("b", version="2"), step("c")])

    assert before[0] == after[0]
    assert before[1] != after[1]
    assert before[2] != after[2]


def test_file_counts_by_its_content(tmp_path: Path) -> None:
    """An option that names a file makes records stale when the file changes, not when it moves."""
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("names")
    two.write_text("names")
    first = fingerprint_steps([step(options=Options(path=one))])

    assert first == fingerprint_steps([step(options=Options(path=two))])
    one.write_text("other names")
    assert first != fingerprint_steps([step(options=Options(path=one))])


def test_what_the_collection_tells() -> None:
    """Each of charset, metadata and, beside them, media type counts; saying nothing has no hash."""
    items = [
        Item("a", charset="utf-8"),
        Item("a", charset="latin-1"),
        Item("a", charset="utf-8", media_type="text/html"),
        Item("a", charset="utf-8", metadata=Metadata(title="x")),
        Item("a", metadata=Metadata(title="x")),
    ]

    assert len(items) == len({hash_told(item) for item in items})
    assert "" == hash_told(Item("a", media_type="text/html", size=5, modified=1.0))
    assert hash_told(items[0]) == hash_told(evolve(items[0], uri="b", modified=7.0, sha256="aa"))

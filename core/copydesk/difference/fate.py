"""What became of one document on one side, and how that differs from the other side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec
from attrs import frozen

from copydesk.comparison import Change, compare
from copydesk.content import content_of
from copydesk.ledger import Outcome
from copydesk.registry import Registry
from copydesk.spec import StepSpec

State = Literal["done", "dropped", "quarantined", "absent"]
Givers = Mapping[str, frozenset[str]]
"""The fields that each step gives, by the name that it is used by."""

_LONG = 60  # characters; of longer texts only so much is told, from where they begin to differ
_BEFORE = 20  # characters that are told of what they still have in common


@frozen
class Fate:
    """What became of a document."""

    state: State
    """`absent`: this side has never seen it."""
    step: str = ""
    reason: str = ""
    record: bytes | None = None
    """JSON in UTF-8, when done."""


@frozen
class Finding:
    """One difference, with the step that it is put down to."""

    step: str
    """Label of the step that gave the value last; empty where there is none."""
    field: str
    """Its path in the record, `outcome`, or for a list with the kind of its entries."""
    before: Any
    after: Any
    gone: int = 0
    """For a list: entries that only the first side has."""
    new: int = 0
    """For a list: entries that only the second side has."""
    at: int | None = None
    """For a long text: the character at which it begins to differ; the values are from there."""


ABSENT = Fate("absent")


def fate_of(outcome: Outcome) -> Fate:
    """Return the fate that an attempt came to."""
    state: Any = outcome.state
    return Fate(state, outcome.step, outcome.reason, outcome.record)


_DECODER = msgspec.json.Decoder(dict[str, Any])


def givers_of(registry: Registry) -> Givers:
    """Return which fields the steps of a registry give."""
    specs = (offer.spec for offer in registry.offers("step"))
    return {spec.name: frozenset(spec.gives) for spec in specs if isinstance(spec, StepSpec)}


def compare_fates(before: Fate, after: Fate, givers: Givers) -> tuple[Finding, ...]:
    """Return every difference; times, versions and fingerprints are none."""
    if before.record is None or after.record is None:
        return tuple(_compare_ends(before, after))
    one, other = _DECODER.decode(before.record), _DECODER.decode(after.record)
    found: list[Finding] = []
    for change in compare(content_of(one), content_of(other)):
        if change.field in _KINDS:
            found += _by_entry(change)
        else:
            # a step that only the first side has took its values with it
            step = _giver(change, other, givers) or _giver(change, one, givers)
            found.append(_find(change, step))
    return tuple(found)


def _compare_ends(before: Fate, after: Fate) -> Iterator[Finding]:
    if before.state != after.state:
        step = after.step or before.step
        yield Finding(step, "outcome", _tell(before), _tell(after))
    elif (before.step, before.reason) != (after.step, after.reason):
        yield Finding(after.step, "reason", before.reason, after.reason)


def _tell(fate: Fate) -> str:
    by = f" by {fate.step or 'the source'}: {fate.reason}" if fate.reason else ""
    return f"{fate.state}{by}"


_KINDS = {"entities": "label", "removed": "reason"}


def _by_entry(change: Change) -> Iterator[Finding]:
    """Yield one finding for each kind of entry, as each may come from another step."""
    name = _KINDS[change.field]
    kinds = dict.fromkeys((e["step"], e[name]) for e in (*change.before, *change.after))
    for step, kind in kinds:
        gone, new = (
            [entry["text"] for entry in entries if (entry["step"], entry[name]) == (step, kind)]
            for entries in (change.before, change.after)
        )
        yield Finding(step, f"{change.field}.{kind}", gone[:3], new[:3], len(gone), len(new))


def _giver(change: Change, record: Mapping[str, Any], givers: Givers) -> str:
    """Return the label of the step of a record that gave a field last; empty if none did."""
    root = _ROOTS.get(change.field, change.field.partition(".")[0])
    if root == "steps":
        return change.field.partition(".")[2]
    able = [
        step["label"]
        for step in record["steps"]
        if step["outcome"] == "done" and root in givers.get(step["use"], ())
    ]
    return able[-1] if able else ""


def _find(change: Change, step: str) -> Finding:
    old, new = change.before, change.after
    if isinstance(old, str) and isinstance(new, str) and len(old) + len(new) > 2 * _LONG:
        at = _first_difference(old, new)
        start = max(0, at - _BEFORE)
        old, new = old[start : start + _LONG], new[start : start + _LONG]
        return Finding(step, change.field, old, new, at=at)
    return Finding(step, change.field, old, new)


_ROOTS = {"source.media_type": "media_type", "segments": "text"}


def _first_difference(old: str, new: str) -> int:
    """Return the character at which two texts begin to differ."""
    pairs = enumerate(zip(old, new, strict=False))
    shorter = min(len(old), len(new))
    return next((place for place, (one, other) in pairs if one != other), shorter)

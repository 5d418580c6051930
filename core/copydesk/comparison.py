"""Compares two records of one document, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import isclose
from typing import Any

import msgspec
from attrs import frozen

from copydesk.content import Content, flatten

_LISTS = frozenset({"entities", "removed"})
"""Fields whose entries are compared one by one, wherever they stand."""
_NEARLY = 1e-9  # part of a number that is no difference


@frozen
class Change:
    """One field that is not the same in two records."""

    field: str
    """Its dotted path."""
    before: Any
    """Its value in the first record, None if it has none; of entries, those that are gone."""
    after: Any
    """Its value in the second record; of entries, those that are new."""


def compare(before: Content, after: Content) -> tuple[Change, ...]:
    """Return the fields that differ, in the order of a record.

    Offsets count only where the texts are the same: else all that follows would differ too. Steps
    count only where both records have them.
    """
    if before["text"] != after["text"]:
        before, after = _without_offsets(before), _without_offsets(after)
    differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    one, other = (
        dict(flatten({name: content.get(name) for name in differing}))
        for content in (before, after)
    )
    return tuple(_changes(one, other))


def _changes(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Change]:
    for field in {**one, **other}:
        old, new = one.get(field), other.get(field)
        if field.startswith("steps.") and (old is None or new is None):
            continue
        if field in _LISTS:
            gone, come = _subtract(old, new), _subtract(new, old)
            if gone or come:
                yield Change(field, gone, come)
        elif not _is_same(old, new):
            yield Change(field, old, new)


def _without_offsets(content: Content) -> Content:
    stripped = {**content, "segments": None}
    for field in ("languages", "entities", "removed"):
        stripped[field] = [
            {name: value for name, value in entry.items() if name not in {"start", "end"}}
            for entry in content[field]
        ]
    return stripped


def _subtract(entries: Any, others: Any) -> list[Any]:
    """Return the entries that are not among the others, each as often as it is missing there."""
    left = Counter(map(_key, others or ()))
    found = []
    for entry in entries or ():
        key = _key(entry)
        if left[key]:
            left[key] -= 1
        else:
            found.append(entry)
    return found


def _key(entry: Any) -> bytes:
    return msgspec.json.encode(entry, order="sorted")


def _is_same(one: Any, other: Any) -> bool:
    if one == other:
        return True
    if isinstance(one, float) or isinstance(other, float):
        numbers = isinstance(one, int | float) and isinstance(other, int | float)
        return numbers and isclose(one, other, rel_tol=_NEARLY)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_is_same(one[k], other[k]) for k in one)
    return False

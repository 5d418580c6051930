"""The dotted names of a record's fields: what each may hold, and what it holds in one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import attrs

from copydesk.fields import fields_of, is_list, is_table, is_union, item_type, simplify
from copydesk.record import Record
from copydesk.suggestion import suggest

Names = Mapping[str, Any]
"""Types by name: the fields of something."""

FATE: Names = {
    "outcome": Literal["done", "dropped", "quarantined"],
    "step": str,
    "reason": str,
}
"""What there is to say of every document, whether it became a record or not."""


class PathError(ValueError):
    """A path that leads to nothing; `offset` is the character at which that shows."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def names_of_record() -> Names:
    """Return the fields of a record."""
    return _names_of(Record)


def walk(owner: Any, path: str) -> Any:
    """Return the type of what stands at a dotted path; raises `PathError`.

    `owner` is the type that the path begins in, or its fields by name.
    """
    parts = path.split(".")
    kind: Any = None
    for index, part in enumerate(parts):
        offset = sum(len(before) + 1 for before in parts[:index])
        kind = _step(owner if index == 0 else kind, part, ".".join(parts[:index]), offset)
    return kind


def names_in(kind: Any) -> Names | None:
    """Return the fields of a type; None if it has none."""
    kind = bare(kind)
    return _names_of(kind) if attrs.has(kind) else None


def bare(kind: Any) -> Any:
    """Return a type without the `None` that it may be instead."""
    kind = simplify(kind)
    if not is_union(kind):
        return kind
    members = [member for member in get_args(kind) if member is not type(None)]
    return simplify(members[0]) if len(members) == 1 else kind


def find(record: Any, path: Sequence[str]) -> Any:
    """Return what stands at a path of a record in plain values; None where there is nothing."""
    for name in path:
        if isinstance(record, Mapping):
            record = record.get(name)
        elif isinstance(record, list) and name.isdecimal() and int(name) < len(record):
            record = record[int(name)]
        else:
            return None
    return record


def _step(kind: Any, part: str, before: str, offset: int) -> Any:
    """Return the type of one part of a path, in what the parts before it lead to."""
    names = kind if isinstance(kind, Mapping) else names_in(kind)
    if names is not None:
        if part in names:
            return names[part]
        whose = f" of {before}" if before else ""
        raise PathError(f"unknown field '{part}'{whose}; {suggest(part, names, 'field')}", offset)
    kind = bare(kind)
    if kind is Any:
        return Any
    if is_table(kind):
        return item_type(kind)
    if is_list(kind):
        if part.isdecimal():
            return item_type(kind)
        advice = f"write {before}.0 for the first entry, or {before}: {{contains: ...}}"
        raise PathError(f"'{before}' is a list, which has no '{part}'; {advice}", offset)
    raise PathError(f"'{before}' has no fields; remove '.{part}'", offset - 1)


def _names_of(cls: type[Any]) -> Names:
    return {field.name: field.kind for field in fields_of(cls)}

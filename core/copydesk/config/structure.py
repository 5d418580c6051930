"""Turns nodes into typed values without coercion, and collects every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, get_args, get_origin

import attrs

from copydesk.config.node import (
    KINDS,
    Entry,
    Listing,
    Node,
    Scalar,
    Table,
    describe,
    plain,
    shorten,
)
from copydesk.config.scalar import FAILED, advise, read_scalar
from copydesk.fault import Fault
from copydesk.fields import (
    REQUIRED,
    Field,
    describe_type,
    fields_of,
    is_list,
    is_table,
    is_union,
    item_type,
    simplify,
)
from copydesk.suggestion import find_close, suggest

_CLAUSE = re.compile(r"[.;:](?:\s|$)")


def structure(node: Node, kind: Any, name: str, faults: list[Fault]) -> Any:
    """Return the value of type `kind` that a node stands for, or `FAILED`.

    `name` is what the messages call it. Nothing is coerced: `"no"` is not false, 1.9 is not 1.
    """
    kind = simplify(kind)
    if kind in KINDS:
        return node
    if isinstance(node, Scalar) and node.is_told:
        return FAILED
    if kind in {Any, object}:
        return plain(node)
    for fits, make in _COMPOSED:
        if fits(kind):
            return make(node, kind, name, faults)
    value = read_scalar(node, kind)
    if value is FAILED:
        faults.append(Fault(node.place, f"{name}: found {describe(node)}; {advise(node, kind)}"))
    return value


def take(
    table: Table, cls: type[Any], faults: list[Fault], noun: str = "option", owner: str = ""
) -> dict[str, Any]:
    """Return the values of the fields of an attrs class that a table sets well, by field name.

    Keys that the class does not know, and fields that are missing, are faults; `owner` names what
    they belong to. Defaults are filled in.
    """
    fields = fields_of(cls)
    known = {field.name: field for field in fields}
    values: dict[str, Any] = {}
    meant: set[str | None] = set()
    for entry in table.entries:
        name = str(entry.key.value)
        if name in known:
            values[name] = _field(entry, known[name], faults)
        else:
            faults.append(Fault(entry.key.place, _unknown(name, known, noun, owner)))
            meant.add(find_close(name, known))
    for field in fields:
        if field.name in values or (field.default is REQUIRED and field.name in meant):
            continue
        if field.default is REQUIRED:
            faults.append(Fault(table.place, _missing(field, noun, owner)))
        else:
            values[field.name] = field.default
    _validate(table, fields, values, faults)
    return {name: value for name, value in values.items() if value is not FAILED}


def build(table: Table, cls: type[Any], faults: list[Fault], owner: str = "") -> Any:
    """Return an instance of an attrs class with the options of a table, or `FAILED`."""
    before = len(faults)
    try:
        values = take(table, cls, faults, owner=owner)
        is_faulty = any(fault.severity == "error" for fault in faults[before:])
        fields = fields_of(cls)
        if is_faulty or len(values) < len(fields):
            return FAILED
        given = {
            str(field.attribute.alias): values[field.name]
            for field in fields
            if table.get(field.name) is not None
        }
        return cls(**given)
    except Exception as error:  # noqa: BLE001 - the class is a plugin's, and may raise anything
        faults.append(Fault(table.place, f"{owner or cls.__name__}: {_say(error)}"))
        return FAILED


def _field(entry: Entry, field: Field, faults: list[Fault]) -> Any:
    if field.deprecated is not None:
        message = f"{field.name} is deprecated; {field.deprecated}"
        faults.append(Fault(entry.key.place, message, severity="warning"))
    return structure(entry.value, field.kind, field.name, faults)


def _unknown(name: str, known: dict[str, Field], noun: str, owner: str) -> str:
    whose = f" of {owner}" if owner else ""
    return f"unknown {noun} '{shorten(name)}'{whose}; {suggest(name, known, noun)}"


def _missing(field: Field, noun: str, owner: str) -> str:
    whose = f" of {owner}" if owner else ""
    kind = "" if field.kind in KINDS else describe_type(field.kind)
    about = _CLAUSE.split(field.documentation, maxsplit=1)[0]
    what = ", ".join(part for part in (kind, about[:1].lower() + about[1:]) if part)
    return f"the {noun} '{field.name}'{whose} is missing; add it: {what}"


def _validate(
    table: Table, fields: tuple[Field, ...], values: dict[str, Any], faults: list[Fault]
) -> None:
    """Run the validator of each field that is set, so that none hides another."""
    instance = SimpleNamespace(**{f.attribute.name: values.get(f.name) for f in fields})
    for field in fields:
        entry = table.entry(field.name)
        validator = field.attribute.validator
        if entry is None or validator is None or values[field.name] is FAILED:
            continue
        try:
            validator(instance, field.attribute, values[field.name])
        except Exception as error:  # noqa: BLE001 - a validator is a plugin's, as above
            words = _say(error)
            # some words begin with the name, as those of attrs' own validators do
            is_named = words.startswith((f"'{field.name}'", f"{field.name} ", f"{field.name}."))
            message = words if is_named else f"{field.name}: {words}"
            faults.append(Fault(entry.value.place, message))
            values[field.name] = FAILED


def _say(error: Exception) -> str:
    """Return the words of an error; attrs puts more than words into some."""
    words = str(error.args[0]) if error.args else ""
    if isinstance(error, ValueError | TypeError) and words:
        return words
    return f"{type(error).__name__}: {words}"


def _union(node: Node, kind: Any, name: str, faults: list[Fault]) -> Any:
    """Return the first member of a union that a node fits, or the faults of the likeliest one."""
    attempts: list[list[Fault]] = []
    for member in get_args(kind):
        found: list[Fault] = []
        value = structure(node, member, name, found)
        if not any(fault.severity == "error" for fault in found):
            faults.extend(found)
            return value
        if _same_shape(node, member):
            attempts.append(found)
    if len(attempts) == 1:
        faults.extend(attempts[0])
    else:
        members = [member for member in get_args(kind) if member is not type(None)]
        advice = advise(node, members[0] if len(members) == 1 else kind)
        faults.append(Fault(node.place, f"{name}: found {describe(node)}; {advice}"))
    return FAILED


def _same_shape(node: Node, kind: Any) -> bool:
    kind = simplify(kind)
    if isinstance(node, Listing):
        return is_list(kind)
    return isinstance(node, Table) and (attrs.has(kind) or is_table(kind))


def _instance(node: Node, kind: Any, name: str, faults: list[Fault]) -> Any:
    if not isinstance(node, Table):
        names = ", ".join(field.name for field in fields_of(kind))
        message = f"{name}: found {describe(node)}; give a mapping of {names}"
        faults.append(Fault(node.place, message))
        return FAILED
    return build(node, kind, faults, name)


def _list(node: Node, kind: Any, name: str, faults: list[Fault]) -> Any:
    if not isinstance(node, Listing):
        hint = f": [{node.raw}]" if isinstance(node, Scalar) and node.raw else ""
        message = f"{name}: found {describe(node)}; give {describe_type(kind)}{hint}"
        faults.append(Fault(node.place, message))
        return FAILED
    kinds = _item_types(kind, len(node.nodes))
    if len(kinds) != len(node.nodes):
        message = f"{name}: found {len(node.nodes)} values; give {len(kinds)}"
        faults.append(Fault(node.place, message))
        return FAILED
    values = [
        structure(item, of, f"{name}[{index}]", faults)
        for index, (item, of) in enumerate(zip(node.nodes, kinds, strict=True))
    ]
    if any(value is FAILED for value in values):
        return FAILED
    origin = get_origin(kind) or kind
    return origin(values) if origin in {list, set, frozenset} else tuple(values)


def _item_types(kind: Any, length: int) -> list[Any]:
    arguments = get_args(kind)
    if (get_origin(kind) or kind) is tuple and arguments and arguments[-1] is not Ellipsis:
        return [of for of in arguments if of != ()]
    return [item_type(kind)] * length


def _table(node: Node, kind: Any, name: str, faults: list[Fault]) -> Any:
    if not isinstance(node, Table):
        message = f"{name}: found {describe(node)}; give {describe_type(kind)}"
        faults.append(Fault(node.place, message))
        return FAILED
    of = item_type(kind)
    values = {
        str(entry.key.value): structure(entry.value, of, f"{name}.{entry.key.value}", faults)
        for entry in node.entries
    }
    return FAILED if any(value is FAILED for value in values.values()) else values


_COMPOSED: tuple[tuple[Callable[[Any], bool], Callable[..., Any]], ...] = (
    (is_union, _union),
    (attrs.has, _instance),
    (is_list, _list),
    (is_table, _table),
)

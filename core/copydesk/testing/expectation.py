"""What a test in Python expects of a record, compared as the tests of a chain compare it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.expectations.operators import OPERATORS, Near, Part, Shape
from copydesk.expectations.path import find

_EQUALS = OPERATORS["equals"]
_OF_MANY = {"contains", "lacks"}


def object_to(record: Mapping[str, Any], path: str, wanted: Any) -> str:
    """Return what is wrong with a field of a record; nothing if it is as wanted.

    `wanted` is a value, or a dict of the operators of a chain's tests.
    """
    found = find(record, path.split("."))
    if not (isinstance(wanted, Mapping) and wanted and wanted.keys() <= OPERATORS.keys()):
        return _EQUALS.object_to(found, _shape(wanted))
    objections = (
        OPERATORS[name].object_to(found, _ask(name, value)) for name, value in wanted.items()
    )
    return "; ".join(filter(None, objections))


def _ask(operator: str, value: Any) -> Any:
    """Return what an operator compares with, as a chain would give it."""
    if operator in _OF_MANY:
        values = value if isinstance(value, list | tuple) else [value]
        return [_shape(each) for each in values]
    if operator == "close_to" and not isinstance(value, Near):
        return Near(value)
    return _shape(value)


def _shape(value: Any) -> Any:
    """Return a value with shapes in place of dicts: other fields of an entry do not matter."""
    if isinstance(value, Mapping):
        parts = [Part(tuple(name.split(".")), _EQUALS, _shape(of)) for name, of in value.items()]
        return Shape(tuple(parts))
    if isinstance(value, list | tuple):
        return [_shape(each) for each in value]
    return value

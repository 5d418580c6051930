"""Other options than the given ones, to see that two uses of a plugin do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import attrs
from attrs import evolve

from copydesk.fields import choices_of, fields_of, is_union


def vary(options: Any) -> Any:
    """Return options that differ in as many fields as can be changed blindly."""
    for field in fields_of(type(options)):
        name = field.attribute.alias or field.attribute.name
        value = getattr(options, field.attribute.name)
        for other in _others(field.kind, value):
            try:
                options = evolve(options, **{name: other})
                break
            except (TypeError, ValueError, attrs.exceptions.FrozenError):
                continue
    return options


def _others(kind: Any, value: Any) -> Iterator[Any]:
    """Yield values of a type that are not `value`; none for texts and paths, which mean places."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value + 1, value * 2, value / 2 if isinstance(value, float) else value - 1)
    elif isinstance(value, tuple) and len(value) > 1:
        yield value[:-1]
    else:
        members = get_args(kind) if is_union(kind) else (kind,)
        for member in members:
            yield from (choice for choice in choices_of(member) if choice != value)

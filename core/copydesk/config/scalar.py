"""Reads single values as a type, without coercion, and says what to write instead."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from copydesk.config.node import Node, Scalar
from copydesk.fault import Place
from copydesk.fields import describe_type, spell
from copydesk.suggestion import suggest

FAILED: Any = object()
"""What comes back where a value has a fault."""

_HINTS = {"yes": "true", "no": "false", "on": "true", "off": "false"}


def read_scalar(node: Node, kind: Any) -> Any:
    """Return the value of a node as exactly this type, or `FAILED`."""
    if not isinstance(node, Scalar):
        return FAILED
    value = node.value
    if get_origin(kind) is Literal:
        return _pick(value, [(choice, choice) for choice in get_args(kind)])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _pick(value, [(member.value, member) for member in kind])
    if kind is Path:
        return _path(value, node.place) if isinstance(value, str) and value else FAILED
    if kind is float and type(value) is int:
        return _float(value)
    return value if type(value) is kind else FAILED


def _pick(value: Any, choices: list[tuple[Any, Any]]) -> Any:
    """Return the choice of the same value and type: true is not 1."""
    for choice, made in choices:
        if type(choice) is type(value) and choice == value:
            return made
    return FAILED


def _path(value: str, place: Place) -> Any:
    return FAILED if "\0" in value else place.origin.folder / value


def _float(value: int) -> Any:
    try:
        return float(value)
    except OverflowError:
        return FAILED


def advise(node: Node, kind: Any) -> str:
    """Return what to write instead."""
    if not isinstance(node, Scalar):
        return f"give {describe_type(kind)}"
    value = node.value
    wanted = f"give {describe_type(kind)}"
    if kind is bool and isinstance(value, str) and value.lower() in _HINTS:
        return f"{wanted}, here {_HINTS[value.lower()]}"
    choices = [choice for choice in get_args(kind) if isinstance(choice, str)]
    if get_origin(kind) is Literal and isinstance(value, str) and choices:
        return f"{suggest(value, choices, 'choice')}" if len(choices) > 1 else wanted
    if kind is str and value is not None:
        return f'{wanted}, quoted: "{node.raw}"'
    if kind is int and isinstance(value, float) and value.is_integer():
        return f"{wanted}: {spell(int(value))}"
    return wanted

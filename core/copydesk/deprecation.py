"""Names of the API that still work and will go: whoever asks for one is told, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from warnings import warn

from attrs import frozen


@frozen
class Deprecated:
    """What a name stood for, and how to do without it."""

    value: Any
    instead: str
    """The name, or the words, to use in its place."""
    removal: str
    """Version of the API that will not have it any more."""


_told: set[str] = set()


def find_deprecated(module: str, name: str, table: Mapping[str, Deprecated]) -> Any:
    """Return what a deprecated name of a module stands for; for `__getattr__` of the module.

    Warns with `DeprecationWarning` the first time that a name is asked for, at the line that does.
    Raises `AttributeError` for a name that is not in the table.
    """
    found = table.get(name)
    if found is None:
        raise AttributeError(f"module '{module}' has no attribute '{name}'", name=name)
    if f"{module}.{name}" not in _told:
        _told.add(f"{module}.{name}")
        message = f"{module}.{name} goes in API {found.removal}; use {found.instead} instead"
        warn(message, DeprecationWarning, stacklevel=3)
    return found.value

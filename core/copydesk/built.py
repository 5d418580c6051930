"""What a plugin has built, and how to let go of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

from attrs import frozen

T = TypeVar("T")


@frozen
class Built(Generic[T]):
    """A source or a step at work."""

    value: T
    close: Callable[[], object]
    """To be called once, when its worker ends."""

    @classmethod
    def of(cls, made: Any) -> Built[Any]:
        """Return what `build` of a spec returned: a context manager is entered."""
        if isinstance(made, AbstractContextManager):
            return Built(made.__enter__(), lambda: made.__exit__(None, None, None))
        return Built(made, getattr(made, "close", _do_nothing))


def _do_nothing() -> None:
    """Let go of what needs no farewell."""

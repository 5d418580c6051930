"""One thing that is asked of a plugin, and what to do where it does not hold."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from attrs import frozen

_MANY = 5
"""Findings of one check that are told."""


class Bench(Protocol):
    """A plugin as it lies on the bench, to be looked at."""

    @property
    def name(self) -> str:
        """What the plugin is called."""


Subject = TypeVar("Subject", bound=Bench)
Find = Callable[[Subject], Iterable[str]]
"""Yields what does not hold, each in one sentence."""


class CheckError(AssertionError):
    """A plugin that does not do what is asked of every plugin of its kind."""


@frozen(slots=False)
class Check(Generic[Subject]):
    """One thing that is asked of every plugin of a kind."""

    name: str
    """As pytest shows it."""
    claim: str
    """What holds where the check passes."""
    advice: str
    """What to do where it fails."""
    find: Find[Subject]

    @property
    def __name__(self) -> str:
        """The name, for the ids of parametrized tests."""
        return self.name

    def __call__(self, subject: Subject) -> None:
        """Pass, or raise `CheckError` that says what was found and what to do."""
        found = self.examine(subject)
        if found:
            raise CheckError(self.tell(subject, found))

    def examine(self, subject: Subject) -> list[str]:
        """Return what was found wrong; what the plugin raises is a finding too."""
        try:
            found = list(islice(self.find(subject), _MANY + 1))
        except Exception as error:  # noqa: BLE001 - the plugin is on trial, not the kit
            trace = "".join(traceback.format_exception(error))
            return [f"it raised {type(error).__name__}: {error}\n{trace}"]
        return [*found[:_MANY], "and more of the same"] if len(found) > _MANY else found

    def tell(self, subject: Subject, found: Sequence[str]) -> str:
        """Return a failure in words."""
        lines = [f"{subject.name}: {self.name}: it should hold that {self.claim}"]
        lines += [f"  found: {_indent(line)}" for line in found]
        return "\n".join([*lines, f"  to do: {self.advice}"])

    def bind(self, subject: Subject) -> BoundCheck:
        """Return the check of one plugin, ready to be called."""
        return BoundCheck(self.name, lambda: self(subject))


@frozen(slots=False)
class BoundCheck:
    """A check of one plugin: call it."""

    name: str
    _run: Callable[[], None]

    @property
    def __name__(self) -> str:
        """The name, for the ids of parametrized tests."""
        return self.name

    def __call__(self) -> None:
        """Pass, or raise `CheckError`."""
        self._run()


def ask(advice: str) -> Callable[[Find[Any]], Check[Any]]:
    """Make a check of a function: its name and docstring are the check's name and claim."""

    def make(find: Find[Any]) -> Check[Any]:
        claim = " ".join((find.__doc__ or "").split()).rstrip(".")
        return Check(find.__name__, claim[:1].lower() + claim[1:], advice, find)

    return make


def bind(checks: Iterable[Check[Any]], subject: Bench) -> list[BoundCheck]:
    """Return the checks of one plugin, for `pytest.mark.parametrize`."""
    return [check.bind(subject) for check in checks]


def run(checks: Iterable[Check[Any]], subject: Bench) -> None:
    """Make all checks of a plugin; raises one `CheckError` with all that failed."""
    failed = [(check, found) for check in checks if (found := check.examine(subject))]
    if failed:
        told = "\n\n".join(check.tell(subject, found) for check, found in failed)
        raise CheckError(f"{len(failed)} checks failed\n\n{told}")


def _indent(words: str) -> str:
    return words.rstrip().replace("\n", "\n         ")

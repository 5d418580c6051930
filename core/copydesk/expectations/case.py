"""A test of a chain: a document, and what should become of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from copydesk.expectations.operators import Operator
from copydesk.expectations.path import find
from copydesk.fault import Fault, Place


@frozen
class Expectation:
    """What one field should be."""

    path: tuple[str, ...]
    """Names that lead to the field, in a record or in what became of a document."""
    operator: Operator
    wanted: Any
    """What the operator compares it with."""
    place: Place = field(eq=False, repr=False)
    """Where the chain says so."""

    def judge(self, subject: Mapping[str, Any]) -> Fault | None:
        """Return what is wrong with the field of a record, None if all is well."""
        objection = self.operator.object_to(find(subject, self.path), self.wanted)
        return Fault(self.place, f"{'.'.join(self.path)}: {objection}") if objection else None


@frozen
class Case:
    """One test, as the chain states it."""

    name: str
    """What it is called in messages."""
    place: Place = field(eq=False, repr=False)
    """Where the chain states it."""
    item: Path | None = None
    """A file that holds the document, and for a container `#` and the member's name after it."""
    text: str | None = None
    """The document itself, where there is no file."""
    media_type: str = "text/plain"
    """Of `text`."""
    expectations: tuple[Expectation, ...] = ()
    snapshot: Path | None = None
    """A file with the whole record as it should be."""

    @property
    def outcome(self) -> str:
        """What should become of the document."""
        named = (each.wanted for each in self.expectations if each.path == ("outcome",))
        return next(named, "done")

"""The fields of a record that the page tells of; the rest is passed over when it is read."""

from __future__ import annotations

import msgspec
from attrs import frozen

from copydesk.record import StepOutcome


@frozen
class Origin:
    """Where the bytes came from."""

    uri: str
    member: str | None

    @property
    def key(self) -> str:
        """The document's key in the ledger."""
        return self.uri if self.member is None else f"{self.uri}#{self.member}"


@frozen
class Encoding:
    """How the bytes were decoded."""

    name: str
    replaced: int


@frozen
class Language:
    """The dominant language."""

    code: str


@frozen
class Removed:
    """A piece that a step took out."""

    text: str
    reason: str
    step: str


@frozen
class Entity:
    """A mention."""

    label: str


@frozen
class Step:
    """One step of the way."""

    label: str
    seconds: float
    outcome: StepOutcome
    note: str | None


@frozen
class Brief:
    """One record, in brief."""

    source: Origin
    encoding: Encoding | None
    language: Language | None
    text: str
    removed: tuple[Removed, ...]
    entities: tuple[Entity, ...]
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> float:
        """Time in all steps together."""
        return sum(step.seconds for step in self.steps)


_DECODER = msgspec.json.Decoder(Brief)


def read_brief(record: bytes) -> Brief:
    """Return the brief of a record as JSON."""
    return _DECODER.decode(record)

"""A chain as its YAML file states it, in typed values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen

from copydesk.config.node import Node, Scalar
from copydesk.fault import Fault, Place
from copydesk.registry import Offer

OnError = Literal["quarantine", "skip", "drop", "stop"]
"""What becomes of a document that a step cannot process."""


@frozen
class Use:
    """A source, store or executor that was chosen."""

    use: str
    """The name it is offered under."""
    offer: Offer
    """The plugin's spec, and where it comes from."""
    options: Any
    """An instance of the spec's class of options."""
    place: Place = field(eq=False, repr=False)
    """Where the file names it."""


@frozen
class First:
    """Several steps of which the first that leaves a text wins."""

    label: str
    """Its name, unique in the chain."""
    place: Place = field(eq=False, repr=False)
    """Where it stands in the file."""


@frozen
class StepUse:
    """One step of the chain."""

    use: str
    """The name it is offered under."""
    offer: Offer
    """The plugin's spec, and where it comes from."""
    options: Any
    """An instance of the spec's class of options."""
    label: str
    """The name of this use, unique in the chain."""
    when: str | None = None
    """The condition, in CEL, under which it runs."""
    on_error: OnError = "quarantine"
    timeout_seconds: float | None = None
    """Seconds a document may take in this step; None: as long as the chain says."""
    by_language: Mapping[str, Any] = field(factory=dict)
    """Other instances of the class of options, by the language of the documents they are for."""
    first: First | None = None
    """What it is tried in; None: it stands by itself."""
    conditions: tuple[Scalar, ...] = field(default=(), eq=False, repr=False)
    """The conditions that `when` joins, as the file states them."""
    place: Place = field(eq=False, repr=False, kw_only=True)
    """Where the file names it."""


@frozen
class Config:
    """A whole chain, checked."""

    path: Path
    """The YAML file, as given."""
    source: Use
    chain: tuple[StepUse, ...]
    store: Use
    executor: Use
    timeout_seconds: float = 60.0
    """Seconds a document may take in a step."""
    plugins: tuple[Path, ...] = ()
    """Single files that offer plugins."""
    tests: tuple[Node, ...] = field(default=(), eq=False, repr=False)
    """The chain's own tests, as the file states them: only who runs or checks them reads them."""
    warnings: tuple[Fault, ...] = field(default=(), eq=False, repr=False)
    """What deserves a look and stops nothing."""


def group(steps: Sequence[StepUse]) -> Iterator[Sequence[StepUse]]:
    """Yield steps that stand by themselves, and together those that are tried one after another."""
    for first, members in groupby(steps, lambda step: step.first):
        if first is None:
            yield from ([step] for step in members)
        else:
            yield list(members)

"""What became of an item: the outcome a worker reports and the row that the ledger keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import uuid4

from attrs import field, frozen

State = Literal["done", "dropped", "quarantined", "gone"]
"""Where an item stands; `gone` means that the source no longer lists it."""


Result = tuple[str, bytes]
"""What one step made of one content: the step's fingerprint, and the changed fields packed."""


@frozen
class Outcome:
    """What one attempt at one item came to. Made of plain values: workers send it to the parent."""

    key: str
    """The item's key."""
    state: State
    """`done`, `dropped` or `quarantined`."""
    sha256: str = ""
    """SHA-256 of the item's bytes, in hex; empty when they could not be read."""
    record: bytes | None = None
    """The record as JSON in UTF-8, when done."""
    step: str = ""
    """Label of the step that dropped or failed it; empty for the read."""
    reason: str = ""
    """Why it was dropped, or the error in one line."""
    traceback: str = ""
    """The traceback of an error that is not a `DocumentError`."""
    language: str = ""
    """For the summary: the language's tag."""
    encoding: str = ""
    """For the summary: the encoding's label."""
    seconds: tuple[tuple[str, float], ...] = ()
    """For the summary: wall-clock seconds by step label."""
    search: str = ""
    """The words of title and text, as a full-text index wants them."""
    results: tuple[Result, ...] = ()
    """Results of steps that are worth keeping for a later run."""


@frozen
class Known:
    """What the ledger says of one item, for comparing it with the source."""

    key: str
    state: State
    size: int
    modified: float | None
    sha256: str
    fingerprint: str
    attempts: int
    step: str = ""
    reason: str = ""
    run: int = 0
    """Number of the run that wrote it."""
    has_record: bool = True
    """Whether a record belongs to the row."""
    told: str | None = None
    """Hash of what the collection told of it; None where the row does not say."""


@frozen
class Entry:
    """A row for the ledger, with the record that belongs to it."""

    key: str
    state: State
    size: int = 0
    modified: float | None = None
    sha256: str = ""
    fingerprint: str = ""
    """Fingerprint of the chain that this came from."""
    step: str = ""
    reason: str = ""
    traceback: str = ""
    attempts: int = 1
    """How often the item has failed in a row, this time included."""
    record: bytes | None = None
    """JSON in UTF-8; replaces the record of an earlier run."""
    search: str = ""
    """The words of the record, for a full-text index."""
    keeps_record: bool = False
    """Whether the record of an earlier run stays: the row changes, what was published does not."""
    results: tuple[Result, ...] = ()
    """Results of steps, for a store that keeps them for later runs."""
    told: str | None = None
    """Hash of what the collection told of it, beside its content."""


@frozen
class Row:
    """A row of the ledger, for those who ask what became of an item."""

    key: str
    state: State
    step: str
    reason: str
    traceback: str
    attempts: int
    run: int
    """Number of the run that wrote it."""
    fingerprint: str


@frozen
class Run:
    """One run, as the store remembers it."""

    started: str
    """ISO 8601, UTC."""
    chain: str
    """Path of the YAML file, as given."""
    source: str
    """The source's path, or its name if it has none."""
    fingerprint: str
    """Fingerprint of the whole chain."""
    steps: tuple[Mapping[str, Any], ...] = ()
    """Each step's use, label, plugin, version, options and fingerprint: why a record is stale."""
    number: int = 0
    """Given by the store, rising."""
    finished: str | None = None
    """ISO 8601, UTC; null while it is on, and for ever if it was killed."""
    counts: Mapping[str, int] = field(factory=dict)
    """Number of items by outcome."""
    identity: str = field(factory=lambda: uuid4().hex)
    """The same in every store that the run is merged into, and in no other run."""
    back_to: int | None = None
    """For a rollback: number of the run whose records it made current again."""
    kept: bool = True
    """Whether the store can still go back to it; false once its generation is pruned."""

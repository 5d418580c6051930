"""What a source lists: items to read, and what it met but will not read."""

from __future__ import annotations

from attrs import frozen

from copydesk.metadata import UNTOLD, Metadata


@frozen
class Recalled:
    """What the steps of earlier runs made of a content."""

    sha256: str
    """Of that content, in hex: the results are of no use for another."""
    results: tuple[tuple[str, bytes], ...]
    """Fingerprint of the step, and the fields that it changed, packed."""


@frozen
class Item:
    """One document's bytes, before they are read; `key` names it in the ledger for ever."""

    uri: str
    """Where it is, relative to the source's root, with `/` between the parts."""
    member: str | None = None
    """Its name inside a container such as an archive."""
    media_type: str = "application/octet-stream"
    """IANA media type, such as `text/html`."""
    charset: str | None = None
    """Character encoding that the transport declared, such as the charset of an HTTP header."""
    size: int = 0
    """Bytes to read, as the source lists them (before decompression)."""
    modified: float | None = None
    """Seconds since the epoch."""
    sha256: str = ""
    """SHA-256 of the content in hex, from sources that read it to list it; it tells changes apart
    where there is no time of change."""
    position: int | None = None
    """Where the source finds it again inside `uri`, such as an offset in bytes."""
    payload: bytes | None = None
    """The content itself, from sources that can only be read in one pass."""
    metadata: Metadata = UNTOLD
    """What the collection says about it; the document begins with it."""
    recalled: Recalled | None = None
    """What earlier runs made of it; the run fills it in."""

    @property
    def key(self) -> str:
        """`uri`, or `uri#member`: unique within a source."""
        return self.uri if self.member is None else f"{self.uri}#{self.member}"


@frozen
class Skipped:
    """Something that the source leaves out on purpose: a ledger row `dropped`, with the reason."""

    key: str
    reason: str


@frozen
class Unreadable:
    """Something that ought to be an item but cannot be one: a ledger row `quarantined`."""

    key: str
    reason: str


@frozen
class Busy:
    """Something that is still being written: this run leaves it, and all that is in it, alone."""

    key: str
    """Its `uri`, if it may be a container."""


Listed = Item | Skipped | Unreadable | Busy
"""What `Source.items()` yields."""

"""The file that says which parts of a store count; replacing it is what makes a commit whole."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from attrs import evolve, frozen

from copydesk.api import StoreError
from copydesk_parts.part_file import PartFile

NAME = "manifest.json"
FORMAT = 1
"""Version of the format of a store in parts."""


@frozen(slots=False)
class Part:
    """A part, and the runs at whose ends it counted."""

    name: str
    """Eight digits, which its files begin with; a higher number is a newer part."""
    size: int
    """Bytes."""
    since: int
    """The run that it counts from."""
    until: int | None = None
    """The run that it no longer counts from; null while it counts."""
    files: tuple[PartFile, ...] = ()
    """What its files were when they were written; empty in parts from before that was noted."""

    @classmethod
    def of(cls, name: str, files: tuple[PartFile, ...], since: int) -> Part:
        """Return a part that was just written."""
        return cls(name, sum(file.size for file in files), since, files=files)

    def counts_at(self, run: int) -> bool:
        """Return whether it counted at the end of a run."""
        return self.since <= run and (self.until is None or self.until > run)


@frozen(slots=False)
class Manifest:
    """All that a store in parts holds."""

    store: str
    """Name of the store, `jsonl` or `parquet`."""
    format: int = FORMAT
    """Version of the format."""
    next: int = 1
    """Number of the next file."""
    runs: str | None = None
    """The file that lists the runs."""
    parts: tuple[Part, ...] = ()
    """Every part that counts, or that a run which can be gone back to needs; oldest first."""
    runs_size: int | None = None
    """Bytes of the file that lists the runs; null in manifests from before that was noted."""

    @property
    def live(self) -> tuple[Part, ...]:
        """The parts that count, oldest first; a row of a later one beats those before it."""
        return tuple(part for part in self.parts if part.until is None)

    @property
    def names(self) -> frozenset[str]:
        """What the files that are needed begin with."""
        names = {part.name for part in self.parts}
        return frozenset(names if self.runs is None else {*names, self.runs})

    def take(self) -> tuple[str, Manifest]:
        """Return a name that no file has, and the manifest that knows it is taken."""
        return f"{self.next:08}", evolve(self, next=self.next + 1)

    def replace(self, old: tuple[Part, ...], new: tuple[Part, ...], run: int) -> Manifest:
        """Return the manifest with parts taking the place of others from a run on.

        A part that came and goes in the same run was needed at the end of none.
        """
        kept = [
            evolve(part, until=run) if part in old else part
            for part in self.parts
            if part not in old or part.since < run
        ]
        parts = sorted([*kept, *new], key=lambda part: part.name)
        return evolve(self, parts=tuple(parts))


def load(folder: Path, store: str) -> Manifest:
    """Return the manifest of a folder, an empty one if it has none yet.

    Raises `StoreError` for a folder that holds other things, a store of another kind, or a format
    that this version does not know.
    """
    try:
        content = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return Manifest(store)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be opened: {error}") from error
    try:
        head = msgspec.json.decode(content, type=_Head)
        _check(head, folder, store)
        return msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise StoreError(
            f"{folder / NAME}: not a manifest of copydesk: {error}; restore it from a copy, or "
            "choose another path"
        ) from error


def save(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the one before: from then on it is what counts."""
    new = folder / f".{NAME}.new"
    sync_folder(folder)  # the files that it names must be there before it is
    with new.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / NAME)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """See to it that the names of a folder's files are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@frozen
class _Head:
    """What tells whether the rest can be read."""

    store: str
    format: int


def _check(head: _Head, folder: Path, store: str) -> None:
    if head.store != store:
        raise StoreError(
            f"{folder}: a store of kind '{head.store}', not '{store}'; say `use: {head.store}` in "
            f"the chain, or --use {head.store}"
        )
    if head.format != FORMAT:
        raise StoreError(
            f"{folder}: store format {head.format}, this version writes format {FORMAT}; "
            "use the version of copydesk that wrote it, or a new store"
        )

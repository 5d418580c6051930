"""A shelf of files for tests: lists it as the parent process does, reads it as a worker does."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from copydesk.api import DocumentError, Item, Listed, Skipped, Unreadable
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options


def listing(path: Path, **options: Any) -> dict[str, Listed]:
    """Return what the source lists, by key; no key may come twice."""
    listed = list(Folder(Options(path, **options)).items())
    found = {one.key: one for one in listed}
    assert len(listed) == len(found), "a key comes twice"
    return found


def items(path: Path, **options: Any) -> dict[str, Item]:
    """Return the items by key."""
    return {key: one for key, one in listing(path, **options).items() if isinstance(one, Item)}


def contents(path: Path, *, backwards: bool = False, **options: Any) -> dict[str, bytes]:
    """Return what a second source reads of the items that a first one has listed, by key."""
    listed = list(items(path, **options).values())
    with closing(Folder(Options(path, **options))) as source:
        return {one.key: source.read(one) for one in (listed[::-1] if backwards else listed)}


def faults(path: Path, **options: Any) -> dict[str, str]:
    """Return why what is listed is not an item, or cannot be read, by key."""
    found = {}
    with closing(Folder(Options(path, **options))) as source:
        for key, one in listing(path, **options).items():
            if isinstance(one, Item):
                try:
                    source.read(one)
                except DocumentError as error:
                    found[key] = str(error)
            elif isinstance(one, Skipped | Unreadable):
                found[key] = one.reason
    return found


def skipped(path: Path, **options: Any) -> dict[str, str]:
    """Return why things are left out on purpose, by key."""
    listed = listing(path, **options)
    return {key: one.reason for key, one in listed.items() if isinstance(one, Skipped)}


def unreadable(path: Path, **options: Any) -> dict[str, str]:
    """Return why things cannot be items, by key."""
    listed = listing(path, **options)
    return {key: one.reason for key, one in listed.items() if isinstance(one, Unreadable)}

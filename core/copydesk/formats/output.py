"""The file that a verb writes: whole or not at all, and never in the place of a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from copydesk.errors import CopydeskError
from copydesk.place import hide_password, is_own


def check_output(path: Path | None, store: str) -> None:
    """Raise `CopydeskError` if writing a file would write over the store at a place."""
    if path is None:
        return
    target = _follow(path)
    if is_own(store, target) or is_own(store, _partial(target)):
        raise CopydeskError(
            f"--output: {path} is the store {hide_password(store)}, or a file of its own, "
            "and would be written over; give another name"
        )


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """Open the file beside its final name and move it there when all is written, or take stdout.

    A link is followed, a device or a pipe written to as it is. Raises `CopydeskError` for a folder,
    and for what cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    if path.is_dir():
        raise CopydeskError(f"{path}: is a folder; give the name of a file")
    try:
        with _open(path) as output:
            yield output
    except BrokenPipeError:
        raise
    except OSError as error:
        if not _is_about(error, path):
            raise
        raise CopydeskError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():
        with path.open("wb") as output:  # a rename would put a file in the place of a device
            yield output
        return
    target = _follow(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = _partial(target)
    try:
        with partial.open("wb") as output:
            yield output
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _is_about(error: OSError, path: Path) -> bool:
    """Return whether an error is of this file or a folder above it; one in writing has no name."""
    target = _follow(path)
    ours = {path, target, _partial(target), *target.parents}
    return error.filename is None or Path(str(error.filename)) in ours


def _follow(path: Path) -> Path:
    """Return what a rename has to replace so that a link stays one."""
    return Path(os.path.realpath(path))


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")

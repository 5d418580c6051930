"""Holds the plugins that are installed to those of a lock, before any of them is imported."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from copydesk.admission import Rule
from copydesk.locks.digest import hash_distribution, hash_file
from copydesk.locks.lock import Lock, Locked, LockError, path_of, read_lock


def hold_to_lock(config: Path, files: Sequence[Path]) -> Rule:
    """Return the rule that admits only what the lock of a chain names.

    `files` are those that the chain lists. Raises `LockError` with every difference.
    """
    path = path_of(config)
    remedy = f"`copydesk lock {shlex.quote(str(config))}`"
    lock = read_lock(path, remedy)
    found = [*_compare(lock, remedy), *_compare_files(lock, files, config.parent, remedy)]
    if found:
        raise LockError("\n".join(f"{path}: {difference}" for difference in found))
    names = (Path(it.name).name if it.kind == "file" else it.name for it in lock.plugins)
    return Rule(str(path), allow=tuple(names))


def name_file(file: Path, folder: Path) -> str:
    """Return a file by its path from a folder, or by its name alone if it lies outside of that."""
    try:
        return file.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return file.name


def _compare(lock: Lock, remedy: str) -> Iterator[str]:
    """Yield how the installed distributions differ from a lock."""
    for locked in lock.plugins:
        if locked.kind == "distribution":
            difference = _compare_one(locked, remedy)
            if difference is not None:
                yield difference


def _compare_one(locked: Locked, remedy: str) -> str | None:
    get = f"`pip install '{locked.name}=={locked.version}'`"
    try:
        found = distribution(locked.name)
    except PackageNotFoundError:
        return f"{locked.name} {locked.version} is not installed; {get}"
    if found.version != locked.version:
        told = f"{locked.name} is {found.version} here and {locked.version} in the lock"
        return f"{told}; {get}, or {remedy} to go on with {found.version}"
    if hash_distribution(found) != locked.sha256:
        told = f"the code of {locked.name} {locked.version} is not what was locked"
        return f"{told}; install it anew, or look at what has changed and run {remedy}"
    return None


def _compare_files(lock: Lock, files: Sequence[Path], folder: Path, remedy: str) -> Iterator[str]:
    """Yield how the files of a chain differ from a lock."""
    known = [(it.name, it.sha256) for it in lock.plugins if it.kind == "file"]
    for file in files:
        name = name_file(file, folder)
        if (name, hash_file(file)) in known:
            continue
        is_known = name in dict(known)
        told = "has changed since it was locked" if is_known else "is not in the lock"
        yield f"{name} {told}; look at it and run {remedy}"

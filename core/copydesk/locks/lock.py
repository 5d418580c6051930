"""The file beside a chain that says which plugins it was made with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import attrs
import msgspec
from attrs import field, frozen

from copydesk.errors import CopydeskError

FORMAT = 1
"""Version of the file."""


class LockError(CopydeskError):
    """A chain whose plugins are not those of its lock; its text tells each difference."""


@frozen
class Locked:
    """A plugin in a lock."""

    name: str
    """A distribution, or a file by its path from the folder of the chain."""
    kind: Literal["distribution", "file"]
    version: str
    """Of a distribution; empty for a file."""
    sha256: str
    """Of the code."""
    uses: tuple[str, ...] = ()
    """What the chain takes of it: `step acme.shout`; empty for what only watches."""


@frozen
class Lock:
    """What a chain was made with."""

    copydesk: str
    """Version of Copydesk."""
    api: str
    """Version of what plugins are written for."""
    plugins: tuple[Locked, ...]
    lock: int = field(default=FORMAT, kw_only=True)
    """Version of the file."""


def path_of(config: Path) -> Path:
    """Return where the lock of a chain is: beside it, with `.lock` at the end."""
    return config.with_name(f"{config.name}.lock")


def write_lock(lock: Lock, path: Path) -> None:
    """Write a lock whole or not at all."""
    order = {"lock": lock.lock} | attrs.asdict(lock)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(json.dumps(order, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(path)


def read_lock(path: Path, remedy: str) -> Lock:
    """Return a lock; raises `LockError` if there is none that can be read."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise LockError(f"{path}: there is no such file; {remedy} writes it") from error
    except OSError as error:
        raise LockError(f"{path}: cannot be read: {error.strerror}; {remedy} writes it") from error
    try:
        lock = msgspec.json.decode(content, type=Lock)
    except msgspec.DecodeError as error:
        raise LockError(f"{path}: is no lock: {error}; {remedy} writes it anew") from error
    if lock.lock != FORMAT:
        raise LockError(
            f"{path}: a lock of version {lock.lock}, this reads {FORMAT}; {remedy} writes it anew"
        )
    return lock

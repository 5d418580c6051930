"""Where a store is: as it may be shown to others, what kind is there, which files are its own."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

import msgspec
from attrs import frozen

# Of what follows the scheme of a URL: a user, a password up to the last @ that can end it.
_IN_URL = re.compile(r"(?<=://)([^/?#@:]*):[^/?#]*@")
_UNESCAPED = re.compile(r"(?<=://)([^/?#@:\[]*):(?!\d*(?:[,/?#]|$))[^@]*@")  # with a / in it
_IN_QUERY = re.compile(r"[?&](?:ssl)?password=[^&]*", re.IGNORECASE)
_IN_WORDS = re.compile(r"(?:^|(?<=\s))(?:ssl)?password\s*=\s*(?:'(?:[^'\\]|\\.)*'|\S+)\s*")
_BESIDE = ("", "-wal", "-shm", "-journal", ".lock", ".log")


def hide_password(place: str) -> str:
    """Return the place of a store, a path, a URL or words for libpq, without its password."""
    if "://" not in place:
        return _IN_WORDS.sub("", place).rstrip()
    shown = _IN_URL.sub(r"\1@", place)
    shown = _IN_QUERY.sub("", _UNESCAPED.sub(r"\1@", shown))
    return shown if "?" in shown else shown.replace("&", "?", 1)


def is_own(place: str, path: Path) -> bool:
    """Return whether a file, by any of its names, is a store at `place` or one of its own.

    Its own are those in its folder, and those that it or its log keeps beside it.
    """
    own = {
        os.path.realpath(f"{base}{ending}")
        for base in (place, os.path.realpath(place))
        for ending in _BESIDE
    }
    name = os.path.realpath(path)
    return (
        any(name == one or _is_same(name, one) for one in own)
        or Path(name).is_relative_to(os.path.realpath(place))
        or re.sub(r"\.log\.\d+$", ".log", name) in own
    )


def find_kind(place: str) -> str | None:
    """Return which kind of store a folder is, as its manifest says; None where none says so."""
    path = Path(place, "manifest.json")
    with suppress(OSError, ValueError):  # msgspec's errors are of the latter
        if path.is_file():
            return msgspec.json.decode(path.read_bytes(), type=_Manifest).store
    return None


@frozen
class _Manifest:
    """What a manifest says of the store whose it is; the rest is for the store itself."""

    store: str
    format: int


def _is_same(one: str, other: str) -> bool:
    with suppress(OSError):
        return Path(one).samefile(other)
    return False

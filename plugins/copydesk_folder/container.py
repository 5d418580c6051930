"""Files that contain documents: which kinds there are, and what an open one can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import Protocol

from attrs import evolve, frozen

from copydesk.api import Item, Listed, Skipped, Unreadable
from copydesk_folder.options import Kind, Options
from copydesk_folder.selection import Selection

_KINDS: dict[str, Kind] = {
    "zip": "zip",
    "tar": "tar",
    "tgz": "tar",
    "tbz": "tar",
    "tbz2": "tar",
    "txz": "tar",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "warc": "warc",
    "eml": "eml",
}
_PACKED = frozenset({"gz", "bz2", "xz"})
_STREAMS = frozenset({"tar", "jsonl", "ndjson", "warc"})
_MODULES: dict[Kind, str] = {
    "zip": "zip_archive",
    "tar": "tar_archive",
    "jsonl": "json_lines",
    "warc": "web_archive",
    "eml": "mail",
}
BOMB = "the container unpacks to more than max_ratio times its size: it is taken for a bomb"
"""Why no more of a container is read."""
_SMALL = 16 << 20  # bytes that any container may unpack to, however small it is


class DamageError(Exception):
    """What is wrong with a container from here on; the message is shown as it is."""


@frozen
class Place:
    """One container, and what the options say about it."""

    path: str
    """On this machine."""
    uri: str
    """Below the root of the source."""
    size: int
    """Bytes on disk."""
    modified: float
    """Seconds since the epoch."""
    options: Options
    selection: Selection

    @property
    def budget(self) -> int:
        """Bytes that it may unpack to before it is taken for a bomb."""
        return max(self.size * self.options.max_ratio, _SMALL)


class Container(Protocol):
    """An open container: read in place where its format allows, else from start to end."""

    def members(self) -> Iterator[Listed]:
        """Yield what is in it, in its order; raises `DamageError` where that ends too early."""

    def read(self, item: Item) -> bytes:
        """Return what one of its items holds; fastest in their order.

        Raises `DocumentError` or `DamageError` where it is not what was listed.
        """

    def close(self) -> None:
        """Let go of the file."""


def kind_of(name: str) -> Kind | None:
    """Return the kind of container that a file name promises."""
    stem, _, last = name.lower().rpartition(".")
    if last in _PACKED:
        stem, _, last = stem.rpartition(".")
        if last not in _STREAMS:
            return None
    return _KINDS.get(last) if stem else None


def open_container(kind: Kind, place: Place) -> Container:
    """Open a container; raises `DamageError` or `OSError` where that cannot be done."""
    module = import_module(f"copydesk_folder.{_MODULES[kind]}")
    container: Container = module.open_container(place)
    return container


def list_members(kind: Kind, place: Place) -> Iterator[Listed]:
    """Yield what is in a container, each key once; where it cannot go on, the reason comes last."""
    met: dict[str, int] = {}
    try:
        with closing(open_container(kind, place)) as container:
            for listed in container.members():
                yield _once(listed, met)
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror or error}"
    except DamageError as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001 - whatever is in a file may cost no more than the file
        reason = f"damaged: {type(error).__name__}: {error}"
    else:
        if not met:
            yield Skipped(place.uri, "a container with nothing in it")
        return
    yield _once(Unreadable(place.uri, reason), met)


def _once(listed: Listed, met: dict[str, int]) -> Listed:
    """Return what was listed, or a row of its own for a second one with the same name."""
    name = key = listed.key
    while key in met:
        met[name] += 1
        key = f"{name} ({met[name]})"
    met[key] = 1
    if key is name:
        return listed
    if isinstance(listed, Item):
        return Unreadable(key, "it has the name of an earlier member; only that one is read")
    return evolve(listed, key=key)

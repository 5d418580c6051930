"""Sources of which each does one thing that no source should do."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from copydesk.api import (
    CopydeskError,
    DocumentError,
    Item,
    Listed,
    Skipped,
    SourceSpec,
    media_type_of,
)


@frozen
class Options:
    """Where it is."""

    path: Path
    """The folder."""


class Good:
    """Lists the files of a folder, and does all well."""

    def __init__(self, options: Options) -> None:
        self.path = options.path

    def items(self) -> Iterator[Listed]:
        """Yield the files by name."""
        if not self.path.is_dir():
            raise CopydeskError(f"{self.path}: there is no such folder")
        for path in sorted(self.path.iterdir()):
            status = path.stat()
            yield Item(
                path.name, None, media_type_of(path.name), None, status.st_size, status.st_mtime
            )

    def read(self, item: Item) -> bytes:
        """Return the bytes of a file."""
        try:
            return (self.path / item.key).read_bytes()
        except OSError as error:
            raise DocumentError(f"it cannot be read: {error}") from error


class Empty(Good):
    """Lists nothing but what it leaves out."""

    def items(self) -> Iterator[Listed]:
        """Leave out all."""
        yield Skipped("a", "too short")


class Twice(Good):
    """Lists each thing twice."""

    def items(self) -> Iterator[Listed]:
        """Yield all again."""
        yield from super().items()
        yield from super().items()


class Absolute(Good):
    """Says where its root is, in each key."""

    def items(self) -> Iterator[Listed]:
        """Yield whole paths."""
        for item in super().items():
            if isinstance(item, Item):
                yield evolve(item, uri=str(self.path / item.uri))


class Vague(Good):
    """Leaves things out without a reason, and has media types of its own."""

    def items(self) -> Iterator[Listed]:
        """Yield them."""
        for item in super().items():
            if isinstance(item, Item):
                yield evolve(item, media_type="text")
        yield Skipped("z", "")


class Unsorted(Good):
    """Lists in any order."""

    def items(self) -> Iterator[Listed]:
        """Shuffle."""
        found = list(super().items())
        yield from random.sample(found, len(found))


class Halfway(Good):
    """Goes on with a listing where the last one was left."""

    left: Any = None

    def items(self) -> Iterator[Listed]:
        """Keep the place."""
        if self.left is None:
            self.left = super().items()
        yield from self.left
        self.left = None


class Text(Good):
    """Reads text."""

    def read(self, item: Item) -> Any:
        """Return a str."""
        return super().read(item).decode()


class Draining(Good):
    """Can read each item once only."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.seen: set[str] = set()

    def read(self, item: Item) -> bytes:
        """Return nothing the second time."""
        if item.key in self.seen:
            return b""
        self.seen.add(item.key)
        return super().read(item)


class Frank(Good):
    """Lets errors of the system through."""

    def read(self, item: Item) -> bytes:
        """Return the bytes of a file."""
        return (self.path / item.key).read_bytes()


class Trusting(Good):
    """Takes a folder that is not there for an empty one."""

    def items(self) -> Iterator[Listed]:
        """Yield nothing."""
        if self.path.is_dir():
            yield from super().items()


class Untidy(Good):
    """Leaves notes where it reads."""

    def read(self, item: Item) -> bytes:
        """Note it."""
        read = super().read(item)
        with tempfile.NamedTemporaryFile("w", dir=self.path, suffix=".note", delete=False) as note:
            note.write(item.key)
        return read


class Clinging(Good):
    """Cannot be closed."""

    def close(self) -> None:
        """Fail."""
        raise RuntimeError("not yet")


def spec(build: Any) -> SourceSpec[Any]:
    """Return the spec of a source."""
    return SourceSpec("bad", Options, build)

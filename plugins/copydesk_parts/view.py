"""What a reader sees of a store: the parts that count at one moment, opened all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from copydesk.api import StoreError
from copydesk_parts.line import Line, Whole, combine, newest
from copydesk_parts.manifest import Manifest, Part
from copydesk_parts.part_file import MissingPartError, check_files, missing
from copydesk_parts.part_format import PartFormat, Reader


class View:
    """Readers of some parts, oldest first."""

    def __init__(self, readers: list[Reader]) -> None:
        self._readers = readers

    def lines(self) -> Iterator[tuple[Line, bool]]:
        """Yield the row of each item, by key, and whether it has a record."""
        return newest(reader.lines() for reader in self._readers)

    def wholes(self) -> Iterator[Whole]:
        """Yield the row of each item with the record that counts, by key."""
        return combine(reader.wholes() for reader in self._readers)

    def find(self) -> dict[str, tuple[Reader, Line, int]]:
        """Return by key where the record of each item that has one is read."""
        found = {}
        for reader in self._readers:
            for line, place in reader.places():
                if line.record is not None:
                    found[line.key] = reader, line, place
                elif not line.keeps:
                    found.pop(line.key, None)
        return found


@contextmanager
def open_parts(form: PartFormat, folder: Path, parts: Iterable[Part]) -> Iterator[View]:
    """Open parts for reading.

    Raises `MissingPartError` if one is not there, `StoreError` if one is not what was written.
    """
    with ExitStack() as stack:
        readers = []
        for part in parts:
            reader = _open(form, folder / part.name, part)
            stack.callback(reader.close)
            readers.append(reader)
        yield View(readers)


@contextmanager
def open_view(form: PartFormat, folder: Path, manifest: Callable[[], Manifest]) -> Iterator[View]:
    """Open the parts that count.

    A run may merge and remove parts between the reading of the manifest and the opening of the last
    part; then the new manifest is read. A part that the newest one names, too, is missing.
    """
    with ExitStack() as stack:
        now = manifest()
        while True:
            try:
                view = stack.enter_context(open_parts(form, folder, now.live))
                break
            except MissingPartError:
                before, now = now, manifest()
                if now == before:
                    raise
        yield view


def _open(form: PartFormat, stem: Path, part: Part) -> Reader:
    try:
        check_files(stem, part.size, part.files, form.ends)
        return form.open(stem, part.files)
    except FileNotFoundError as error:
        raise missing(Path(error.filename)) from error
    except OSError as error:
        raise StoreError(f"{error.filename or stem}: the store cannot be read: {error}") from error

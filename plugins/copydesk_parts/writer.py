"""Changes what counts in a folder: writes parts, merges them, replaces the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve
from filelock import FileLock, Timeout

from copydesk.api import Entry, Run, StoreError
from copydesk_parts.folder import LOCK, identify, sweep
from copydesk_parts.line import Whole, make_line
from copydesk_parts.manifest import Manifest, Part, load, save
from copydesk_parts.part_file import check_files, missing
from copydesk_parts.part_format import UNFIT, PartFormat
from copydesk_parts.run_list import read_runs, write_runs
from copydesk_parts.view import open_parts


class Writer:
    """The manifest of a folder, and all that is done to it."""

    def __init__(self, folder: Path, form: PartFormat) -> None:
        self._folder = folder
        self._form = form
        self._manifest = load(folder, form.name)
        self._lock = FileLock(str(folder / LOCK))
        self._identity: tuple[int, int] | None = None

    @property
    def manifest(self) -> Manifest:
        """The manifest as it is now; nobody else changes it while this process holds the folder."""
        if not self._lock.is_locked:
            self._manifest = load(self._folder, self._form.name)
        return self._manifest

    def hold(self) -> None:
        """Keep other processes from writing; raises `StoreError` if one is at it.

        Or if a part that counts is not what was written: then nothing is changed.
        """
        if self._lock.is_locked:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                f"{self._folder}: another run is at work on this store{self._holder()}; wait for "
                "it to end, or give this run a store of its own with --store"
            ) from error
        self._identity = identify(self._folder)
        self._manifest = load(self._folder, self._form.name)
        for part in self._manifest.live:
            check_files(self._folder / part.name, part.size, part.files, self._form.ends)
        self.sweep()

    def release(self) -> None:
        """Let other processes write."""
        self._lock.release()

    def check_place(self) -> None:
        """Raise `StoreError` if the folder that is written to is not the one at its path."""
        if self._lock.is_locked and identify(self._folder) != self._identity:
            raise StoreError(
                f"{self._folder}: the store was removed, moved or replaced while the run was on, "
                "and what was committed went with it; put it back, or run again: the next run "
                "makes it anew and does everything again"
            )

    @contextmanager
    def guarded(self, entries: Sequence[Entry] = ()) -> Iterator[None]:
        """Turn the faults of a disk into words, and of `entries`: they are the user's to mend."""
        self.check_place()
        try:
            yield
        except UNFIT as error:
            unfit = (entry.key for entry in entries if not self._takes(entry))
            key = next(unfit, "an item" if isinstance(error, OverflowError) else None)
            if key is None:
                raise
            raise StoreError(
                f"{self._folder}: {key}: a value that the store cannot hold: {error}; leave that "
                "item out, or mend the plugin that gives it"
            ) from error
        except OSError as error:
            self.check_place()
            raise StoreError(
                f"{self._folder}: the store cannot be written: {error}; what was committed is "
                "safe, and the next run does the rest"
            ) from error
        self.check_place()

    def save(self, manifest: Manifest) -> None:
        """Let a manifest count."""
        save(self._folder, manifest)
        self._manifest = manifest

    def sweep(self) -> None:
        """Remove the files that do not count."""
        sweep(self._folder, self._manifest)

    def read_runs(self) -> list[Run]:
        """Return the runs, oldest first."""
        while True:
            manifest = self.manifest
            try:
                return read_runs(self._folder, manifest.runs, manifest.runs_size)
            except FileNotFoundError as error:
                if self.manifest == manifest:
                    raise missing(Path(error.filename)) from error
            except OSError as error:
                raise StoreError(f"{self._folder}: the store cannot be read: {error}") from error

    def with_runs(self, manifest: Manifest, runs: Sequence[Run]) -> Manifest:
        """Write a list of runs and return the manifest with it."""
        name, manifest = manifest.take()
        size = write_runs(self._folder, name, runs)
        return evolve(manifest, runs=name, runs_size=size)

    def with_part(self, manifest: Manifest, wholes: Iterable[Whole], run: int) -> Manifest:
        """Write a part and return the manifest with it."""
        name, manifest = manifest.take()
        files = self._form.write(self._folder / name, wholes)
        return manifest.replace((), (Part.of(name, files, run),), run)

    def merge(self, crowd: tuple[Part, ...], run: int) -> None:
        """Let one part count in the place of several."""
        if not crowd:
            return
        name, manifest = self._manifest.take()
        with open_parts(self._form, self._folder, crowd) as view:
            files = self._form.write(self._folder / name, view.wholes())
        self.save(manifest.replace(crowd, (Part.of(name, files, run),), run))
        self.sweep()

    def _takes(self, entry: Entry) -> bool:
        try:
            self._form.check(make_line(entry, 0))
        except UNFIT:
            return False
        return True

    def _holder(self) -> str:
        """Say which run holds the store, as far as it can be told."""
        runs = self.read_runs()
        if not runs:
            return ""
        return f" (run {runs[-1].number}, begun {runs[-1].started}, of {runs[-1].chain})"

"""Changes what counts in a folder: writes parts, merges them, replaces the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve
from filelock import FileLock, Timeout

from copydesk.api import Run, StoreError
from copydesk_parts.folder import LOCK, sweep
from copydesk_parts.line import Whole
from copydesk_parts.manifest import Manifest, Part, load, save
from copydesk_parts.part_format import PartFormat
from copydesk_parts.run_list import read_runs, write_runs
from copydesk_parts.view import open_parts


class Writer:
    """The manifest of a folder, and all that is done to it."""

    def __init__(self, folder: Path, form: PartFormat) -> None:
        self._folder = folder
        self._form = form
        self._manifest = load(folder, form.name)
        self._lock = FileLock(str(folder / LOCK))

    @property
    def manifest(self) -> Manifest:
        """The manifest as it is now; nobody else changes it while this process holds the folder."""
        if not self._lock.is_locked:
            self._manifest = load(self._folder, self._form.name)
        return self._manifest

    def hold(self) -> None:
        """Keep other processes from writing; raises `StoreError` if one is at it."""
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
        self._manifest = load(self._folder, self._form.name)
        self.sweep()

    def release(self) -> None:
        """Let other processes write."""
        self._lock.release()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the faults of a disk into words: they are the user's to mend."""
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self._folder}: the store cannot be written: {error}; what was committed is "
                "safe, and the next run does the rest"
            ) from error

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
                return read_runs(self._folder, manifest.runs)
            except FileNotFoundError:
                if self.manifest == manifest:
                    raise

    def with_runs(self, manifest: Manifest, runs: Sequence[Run]) -> Manifest:
        """Write a list of runs and return the manifest with it."""
        name, manifest = manifest.take()
        write_runs(self._folder, name, runs)
        return evolve(manifest, runs=name)

    def with_part(self, manifest: Manifest, wholes: Iterable[Whole], run: int) -> Manifest:
        """Write a part and return the manifest with it."""
        name, manifest = manifest.take()
        size = self._form.write(self._folder / name, wholes)
        return manifest.replace((), (Part(name, size, run),), run)

    def merge(self, crowd: tuple[Part, ...], run: int) -> None:
        """Let one part count in the place of several."""
        if not crowd:
            return
        name, manifest = self._manifest.take()
        with open_parts(self._form, self._folder, crowd) as view:
            size = self._form.write(self._folder / name, view.wholes())
        self.save(manifest.replace(crowd, (Part(name, size, run),), run))
        self.sweep()

    def _holder(self) -> str:
        """Say which run holds the store, as far as it can be told."""
        runs = self.read_runs()
        if not runs:
            return ""
        return f" (run {runs[-1].number}, begun {runs[-1].started}, of {runs[-1].chain})"

"""Runs a chain again whenever the files of its source, or its own, have changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Any

from attrs import define, field, frozen

from copydesk.config import Config
from copydesk.errors import CopydeskError
from copydesk.extra import import_extra
from copydesk.runs.schedule import Schedule

_TICK = 250  # milliseconds between two looks at the clock
_POLL = 1000  # milliseconds between two looks at a folder of which the system tells nothing
_FAREWELL = 30.0  # seconds that a run has for ending
_BESIDE = {"-wal", "-shm", "-journal", ".lock", ".log"}  # what stores keep beside them
_BELOW = ("/", ".log.")

WELL, USER = 0, 2


@frozen
class Subject:
    """What is watched."""

    folder: Path
    """What the system is asked to tell of."""
    file: str
    """Name of the one file in it that counts; empty: all files do, those in folders below too."""
    store: Path | None
    """Its own changes are none."""
    settings: tuple[Path, ...]
    """The files that the chain is made of."""
    streams: frozenset[object] = frozenset()
    """Identities of what we write to, which may be files in the folder: what is said there of a run
    must not make another."""

    @classmethod
    def of(cls, config: Config) -> Subject:
        """Return what a chain reads; raises `CopydeskError` if that is not on a disk."""
        path = getattr(config.source.options, "path", None)
        if not isinstance(path, Path):
            raise CopydeskError(
                f"{config.path}: the source '{config.source.use}' has no path that can be watched"
            )
        store = getattr(config.store.options, "path", None)
        place = store.resolve() if isinstance(store, Path) else None
        path, files = path.resolve(), (config.path, *config.plugins)
        folder, file = (path.parent, path.name) if path.is_file() else (path, "")
        return cls(folder, file, place, files, frozenset(_identify_streams()))

    def concerns(self, path: str) -> bool:
        """Return whether a change at `path` is one of what is watched."""
        if self.file and path != str(self.folder / self.file):
            return False
        return not self._is_of_store(path) and _identify(Path(path)) not in self.streams

    def _is_of_store(self, path: str) -> bool:
        store = str(self.store)
        if self.store is None or not path.startswith(store):
            return False
        rest = path[len(store) :]
        return not rest or rest in _BESIDE or rest.startswith(_BELOW)

    def identity(self) -> object:
        """Return what is another one when there is another folder at the same place."""
        return _identify(self.folder)

    def versions(self) -> object:
        """Return what is another one when the chain's own files have changed."""
        return [_date(path) for path in self.settings]


@define
class Lookout:
    """Waits for changes and runs the chain in a process of its own, as a user would.

    So the process that watches stays small, each run begins with the chain and the plugins as
    they are then, and a run can be ended without ending the watch.
    """

    _command: Sequence[str]
    _subject: Subject
    _schedule: Schedule
    _is_polling: bool
    _tells_json: bool
    """Print the summary of each run to stdout."""
    _is_silent: bool
    """Leave stderr to the runs."""
    _stop: threading.Event = field(init=False, factory=threading.Event)
    _process: subprocess.Popen[str] | None = field(init=False, default=None)
    _asked: float = field(init=False, default=0.0)
    _has_run: bool = field(init=False, default=False)

    def keep(self) -> int:
        """Watch until SIGINT or SIGTERM; 0 then, and 2 if the first run says so."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        import_extra("watchfiles", "watch")
        place = self._subject.folder / self._subject.file
        self._say(f"watching {place}; Ctrl-C or SIGTERM ends it")
        while not self._stop.is_set():
            if self._wait_for_folder() and not self._watch():
                return USER
        self._say("the watch has ended; what was committed is safe")
        return WELL

    def _watch(self) -> bool:
        """Run as changes come until told to stop, or until the folder is another one.

        Returns false if there is no use in going on.
        """
        identity, versions = self._subject.identity(), self._subject.versions()
        for changes in self._changes():
            if self._subject.identity() != identity:
                self._schedule.note_change(monotonic())
                break
            if changes or self._subject.versions() != versions:
                versions = self._subject.versions()
                self._schedule.note_change(monotonic())
            if self._schedule.is_due(monotonic()) and not self._run():
                return False
        return True

    def _changes(self) -> Iterator[Any]:
        """Yield what has changed, and nothing now and then; also what changes during a run."""
        folder = self._subject.folder
        try:
            yield from import_extra("watchfiles", "watch").watch(
                folder,
                watch_filter=lambda _, path: self._subject.concerns(path),
                debounce=_TICK,
                rust_timeout=_TICK,
                yield_on_timeout=True,
                stop_event=self._stop,
                force_polling=self._is_polling or None,
                poll_delay_ms=_POLL,
                recursive=not self._subject.file,
                ignore_permission_denied=True,
            )
        except OSError as error:
            raise CopydeskError(f"{folder}: it cannot be watched: {error}; try --poll") from error

    def _wait_for_folder(self) -> bool:
        """Wait until the folder is there; what is not there must not be taken for gone."""
        is_told = False
        while not self._stop.is_set():
            if self._subject.identity() is not None:
                return True
            if not is_told:
                self._say(f"{self._subject.folder} is not there; the watch waits for it")
                is_told = True
            self._stop.wait(_TICK / 1000)
        return False

    def _run(self) -> bool:
        """Run once; false if the very first run cannot be done."""
        summary, code = self._wait_for_run()
        if self._stop.is_set():
            return True
        if summary is None and code == USER and not self._has_run:
            return False
        self._has_run = True
        if summary is None:
            delay = self._schedule.note_failure(monotonic())
            self._say(f"the run failed; the next try is in {delay:.0f} s, or after a change")
            return True
        self._schedule.note_run(monotonic(), is_complete=not summary["busy"])
        if self._tells_json:
            sys.stdout.write(f"{json.dumps(summary, ensure_ascii=False)}\n")
            sys.stdout.flush()
        return True

    def _wait_for_run(self) -> tuple[dict[str, Any] | None, int]:
        """Return the summary of a run, None if it has none, and its exit code."""
        # A group of its own: Ctrl-C at the terminal reaches it through us, and once.
        with subprocess.Popen(
            self._command, stdout=subprocess.PIPE, text=True, encoding="utf-8", process_group=0
        ) as process:
            self._process = process
            if self._stop.is_set():
                process.terminate()
            output = self._read(process)
            self._process = None
        try:
            summary: dict[str, Any] | None = json.loads(output)
        except ValueError:
            summary = None
        return summary, process.returncode

    def _read(self, process: subprocess.Popen[str]) -> str:
        while True:
            try:
                return process.communicate(timeout=1)[0]
            except subprocess.TimeoutExpired:
                if self._stop.is_set() and monotonic() - self._asked > _FAREWELL:
                    process.kill()  # its workers die with it

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        if not self._stop.is_set():
            self._asked = monotonic()
            self._stop.set()
            if self._process is not None:
                self._process.terminate()

    def _say(self, words: str) -> None:
        if not self._is_silent:
            sys.stderr.write(f"copydesk: {words}\n")
            sys.stderr.flush()


def _identify(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _identify_streams() -> Iterator[object]:
    for descriptor in (1, 2):
        with suppress(OSError):  # it may be closed
            status = os.fstat(descriptor)
            yield status.st_dev, status.st_ino


def _date(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino

"""Keeps records as files in the bulk format of Elasticsearch and OpenSearch, beside a ledger.

Each commit makes two files, `bulk-000001.ndjson` and `ledger-000001.ndjson`, which never change
again. The second one comes into being in one step, when all is on the disk: that is the moment at
which both count. The bulk files, taken in order, bring an index to the state of the store.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
from attrs import evolve, field, frozen
from attrs.validators import matches_re

from copydesk.api import Entry, Known, Row, Run, State, StoreError, StoreSpec, hookimpl

copydesk_api = ">=1,<2"

_RUNS = "runs.json"
_LEDGER = re.compile(r"ledger-(\d{6,})\.ndjson")
_LONGEST_ID = 512  # bytes that an _id may have


@frozen
class Options:
    """Where the files are, and for which index."""

    path: Path
    """The folder."""
    index: str = field(default="articles", validator=matches_re(r"[a-z0-9][a-z0-9._-]*"))
    """Name of the index that the bulk requests write to."""


@frozen
class _Line:
    """One row of the ledger, and where its record is."""

    key: str
    state: State
    size: int
    modified: float | None
    sha256: str
    fingerprint: str
    step: str
    reason: str
    traceback: str
    attempts: int
    told: str | None
    run: int
    part: int | None
    """Number of the bulk file with the record; None if there is none."""
    start: int
    """Byte at which the record begins in it."""
    length: int


class BulkStore:
    """Writes records as bulk requests for Elasticsearch or OpenSearch, in files.

    It holds the ledger in memory, so it is for corpora of some millions of articles at most.
    """

    def __init__(self, options: Options) -> None:
        from filelock import FileLock  # noqa: PLC0415 - every command imports this module

        self._folder = options.path
        self._index = options.index
        self._lock = FileLock(options.path / ".lock", timeout=0)
        self._lines: dict[str, _Line] = {}
        self._parts: set[int] = set()
        self._run = 0
        self._check()

    def begin(self, run: Run) -> int:
        """Note the start of a run; raises `StoreError` if another is on."""
        with self._writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire()
            except TimeoutError as error:  # filelock's own is one
                raise StoreError(
                    f"{self._folder}: another run is at work here; wait for it to end"
                ) from error
            self._finish_or_forget()
            runs = list(self._read_runs())
            self._run = len(runs) + 1
            self._write_runs([*runs, evolve(run, number=self._run)])
        return self._run

    def known(self) -> Iterator[Known]:
        """Yield what the ledger says of every item ever seen."""
        for it in self._read_lines().values():
            yield Known(
                it.key, it.state, it.size, it.modified, it.sha256, it.fingerprint, it.attempts,
                it.step, it.reason, it.run, has_record=it.part is not None, told=it.told,
            )  # fmt: skip

    def commit(self, entries: Sequence[Entry]) -> None:
        """Write ledger rows and bulk requests; they count together, or not at all."""
        if not entries:
            return
        current = self._read_lines()
        part = max(self._parts, default=0) + 1
        requests, lines = bytearray(), dict[str, _Line]()
        for entry in entries:
            before = lines.get(entry.key) or current.get(entry.key)
            requests += self._request(entry, before)
            lines[entry.key] = self._line(entry, before, part, len(requests))
        ledger = "".join(f"{json.dumps(attrs.asdict(it))}\n" for it in lines.values()).encode()
        with self._writing():
            if requests:  # an index refuses an empty request
                _write(self._beside(part), requests)
            _write(self._ledger(part).with_suffix(".new"), ledger)
            self._ledger(part).with_suffix(".new").replace(self._ledger(part))  # now it counts
            _sync(self._folder)
            if requests:
                self._beside(part).replace(self._bulk(part))

    def rows(self) -> Iterator[Row]:
        """Yield the current rows that are not `done`, ordered by key."""
        lines = self._read_lines()
        for key in sorted(lines):
            it = lines[key]
            if it.state != "done":
                yield Row(
                    it.key, it.state, it.step, it.reason, it.traceback, it.attempts, it.run,
                    it.fingerprint,
                )  # fmt: skip

    def record(self, key: str) -> bytes | None:
        """Return the current record of one item, None if it has none."""
        line = self._read_lines().get(key)
        return None if line is None else self._read_record(line)

    def records(self) -> Iterator[bytes]:
        """Yield the current records, ordered by key."""
        lines = self._read_lines()
        for key in sorted(lines):
            record = self._read_record(lines[key])
            if record is not None:
                yield record

    def runs(self) -> Iterator[Run]:
        """Yield the runs, newest first."""
        yield from reversed(list(self._read_runs()))

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end of the run."""
        *before, last = self._read_runs()
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing():
            self._write_runs([*before, evolve(last, finished=finished, counts=dict(counts))])

    def close(self) -> None:
        """Let other runs begin."""
        self._lock.release()

    def _check(self) -> None:
        """Refuse a place that holds something else."""
        folder = self._folder
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder}: is no folder; give one that is empty or not there")
        if folder.is_dir() and not (folder / _RUNS).exists():
            others = [it.name for it in folder.iterdir() if it.name != ".lock"]
            if others:
                raise StoreError(
                    f"{folder}: holds '{min(others)}' and is no store of this kind; give a folder "
                    "that is empty or not there"
                )

    def _request(self, entry: Entry, before: _Line | None) -> bytes:
        """Return what tells the index of a row: a new record, the end of one, or nothing."""
        size = len(entry.key.encode("utf-8", "surrogatepass"))
        name = entry.key if size <= _LONGEST_ID else sha256(entry.key.encode()).hexdigest()
        where = {"_index": self._index, "_id": name}
        if entry.record is not None:
            return json.dumps({"index": where}).encode() + b"\n" + _flat(entry.record) + b"\n"
        if before is not None and before.part is not None and not entry.keeps_record:
            return json.dumps({"delete": where}).encode() + b"\n"
        return b""

    def _line(self, entry: Entry, before: _Line | None, part: int, end: int) -> _Line:
        """Return a row with the place of its record: `end` is that of its request."""
        place: tuple[int | None, int, int] = (None, 0, 0)
        if entry.record is not None:
            place = (part, end - 1 - len(entry.record), len(entry.record))
        elif entry.keeps_record and before is not None:
            place = (before.part, before.start, before.length)
        return _Line(
            entry.key, entry.state, entry.size, entry.modified, entry.sha256, entry.fingerprint,
            entry.step, entry.reason, entry.traceback, entry.attempts, entry.told, self._run,
            *place,
        )  # fmt: skip

    def _read_lines(self) -> dict[str, _Line]:
        """Return the newest row of each item; what was read before is not read again."""
        new = sorted(set(_parts(self._folder)) - self._parts)
        found = dict(self._lines) if new else self._lines  # who reads the old one keeps it
        for part in new:
            with self._ledger(part).open("rb") as file:
                for text in file:
                    line = _Line(**json.loads(text))
                    found[line.key] = line
        self._lines, self._parts = found, self._parts | set(new)
        return found

    def _read_record(self, line: _Line) -> bytes | None:
        if line.part is None:
            return None
        path = self._bulk(line.part)
        with (path if path.exists() else self._beside(line.part)).open("rb") as file:
            file.seek(line.start)
            return file.read(line.length)

    def _read_runs(self) -> Iterator[Run]:
        try:
            found: list[dict[str, Any]] = json.loads((self._folder / _RUNS).read_bytes())
            for run in found:
                yield Run(**(run | {"steps": tuple(run["steps"])}))
        except FileNotFoundError:
            return
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{self._folder / _RUNS}: cannot be understood: {error}") from error

    def _write_runs(self, runs: Iterable[Run]) -> None:
        beside = self._folder / f"{_RUNS}.new"
        _write(beside, json.dumps([attrs.asdict(run) for run in runs], indent=1).encode())
        beside.replace(self._folder / _RUNS)

    def _finish_or_forget(self) -> None:
        """Finish the commit that a run was killed in, if it counts, and forget it if not."""
        parts = set(_parts(self._folder))
        for file in self._folder.glob("*.new"):
            number = re.fullmatch(r"bulk-(\d+)\.new", file.name)
            if number and int(number[1]) in parts:
                file.replace(self._bulk(int(number[1])))
            else:
                file.unlink()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn trouble with the disk into words for the user."""
        try:
            yield
        except OSError as error:
            raise StoreError(f"{self._folder}: cannot be written: {error.strerror}") from error

    def _ledger(self, part: int) -> Path:
        return self._folder / f"ledger-{part:06}.ndjson"

    def _bulk(self, part: int) -> Path:
        return self._folder / f"bulk-{part:06}.ndjson"

    def _beside(self, part: int) -> Path:
        return self._folder / f"bulk-{part:06}.new"


def _parts(folder: Path) -> Iterator[int]:
    """Yield the numbers of the commits that count."""
    if folder.is_dir():
        matches = (_LEDGER.fullmatch(name) for name in os.listdir(folder))  # noqa: PTH208 - quicker
        yield from (int(match[1]) for match in matches if match)


def _flat(record: bytes) -> bytes:
    """Return a record on one line, with every byte at its place."""
    return record.replace(b"\n", b" ").replace(b"\r", b" ")


def _write(path: Path, content: bytes | bytearray) -> None:
    """Write a file, and see that it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """See that the names of files are on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@hookimpl
def copydesk_stores() -> list[StoreSpec[Options]]:
    """Offer the store."""
    return [StoreSpec("bulk", Options, BulkStore)]

"""Keeps records and the ledger as part files in a folder, under a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime

from attrs import evolve

from copydesk.api import Entry, Known, Row, Run, StoreError
from copydesk_parts import compaction
from copydesk_parts.folder import check_folder
from copydesk_parts.generations import compare, go_back, prune_parts, prune_runs
from copydesk_parts.line import Line, key_of, make_entry, make_known, make_line, make_row
from copydesk_parts.options import Options
from copydesk_parts.part_format import PartFormat, Reader
from copydesk_parts.view import View, open_parts, open_view
from copydesk_parts.writer import Writer


class PartStore:
    """Records and ledger in part files, which are never changed once they are written.

    One process at a time may run with it, any number may read.
    """

    def __init__(self, options: Options, form: PartFormat) -> None:
        self._folder = options.path
        self._form = form
        check_folder(options.path)
        self._writer = Writer(options.path, form)
        self._run = 0
        self._opened = ExitStack()
        self._places: dict[str, tuple[Reader, Line, int]] | None = None

    def begin(self, run: Run) -> int:
        """Note the start of a run; raises `StoreError` if another process is at one."""
        writer = self._writer
        with writer.guarded():
            writer.hold()
            runs = writer.read_runs()
            self._run = runs[-1].number + 1 if runs else 1
            runs.append(evolve(run, number=self._run))
            writer.save(writer.with_runs(writer.manifest, runs))
        return self._run

    def known(self) -> Iterator[Known]:
        """Yield what the ledger says of every item ever seen."""
        with self._view() as view:
            for line, has_record in view.lines():
                yield make_known(line, has_record=has_record)

    def commit(self, entries: Sequence[Entry]) -> None:
        """Write a part of ledger rows and their records; it counts as a whole, or not at all."""
        if not entries:
            return
        self._forget_places()
        writer = self._writer
        wholes = sorted((make_line(entry, self._run) for entry in entries), key=key_of)
        with writer.guarded(entries):
            writer.save(writer.with_part(writer.manifest, wholes, self._run))
            writer.merge(compaction.choose_under_way(writer.manifest.live), self._run)

    def rows(self) -> Iterator[Row]:
        """Yield the current rows of the ledger that are not `done`, ordered by key."""
        with self._view() as view:
            yield from (make_row(line) for line, _ in view.lines() if line.state != "done")

    def record(self, key: str) -> bytes | None:
        """Return the current record of one item as JSON, None if it has none.

        The first call reads the whole ledger, so that those after it need not.
        """
        if self._places is None:
            self._places = self._opened.enter_context(self._view()).find()
        found = self._places.get(key)
        if found is None:
            return None
        reader, line, place = found
        return reader.read(line, place)

    def records(self) -> Iterator[bytes]:
        """Yield the current records as JSON, ordered by key."""
        with self._view() as view:
            yield from (record for _, record in view.wholes() if record is not None)

    def runs(self) -> Iterator[Run]:
        """Yield the runs, newest first."""
        return reversed(self._writer.read_runs())

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end of the run, and merge parts so that they stay few."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        self._forget_places()
        writer = self._writer
        with writer.guarded():
            writer.merge(compaction.choose(writer.manifest.live), self._run)
            *before, run = writer.read_runs()
            runs = [*before, evolve(run, finished=finished, counts=dict(counts))]
            writer.save(writer.with_runs(writer.manifest, runs))
            writer.sweep()

    def close(self) -> None:
        """Close the files and let other runs begin."""
        self._forget_places()
        self._writer.release()

    def roll_back(self, run: int) -> Mapping[str, int]:
        """Let the parts that counted at the end of a run count again, and no others."""
        writer = self._writer
        if not any(known.number == run and known.kept for known in writer.read_runs()):
            raise StoreError(f"there is no run {run} to go back to; `copydesk runs` lists them")
        self._forget_places()
        before, after = writer.manifest, go_back(writer.manifest, run, self._run)
        with (
            writer.guarded(),
            open_parts(self._form, self._folder, before.live) as present,
            open_parts(self._form, self._folder, after.live) as past,
        ):
            counts = compare(present.wholes(), past.wholes())
            writer.save(after)
        return counts

    def prune(self, keep: int) -> None:
        """Remove the parts that only runs before the newest `keep` need."""
        writer = self._writer
        runs, oldest = prune_runs(writer.read_runs(), keep)
        if not oldest:
            return
        with writer.guarded():
            writer.save(prune_parts(writer.with_runs(writer.manifest, runs), oldest))
            writer.sweep()

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield all current rows with their records and runs, by key."""
        with self._view() as view:
            yield from ((whole[0].run, make_entry(whole)) for whole in view.wholes())

    def join(self, runs: Sequence[Run], entries: Iterable[tuple[str, Entry]]) -> None:
        """Add runs and rows of another store as one part."""
        self._forget_places()
        writer = self._writer
        with writer.guarded():
            writer.hold()
            here = writer.read_runs()
            last = here[-1].number if here else 0
            whole = [*here, *(evolve(run, number=last + n) for n, run in enumerate(runs, 1))]
            numbers = {run.identity: run.number for run in whole}
            self._run = last + len(runs)
            wholes = (make_line(entry, numbers[identity]) for identity, entry in entries)
            manifest = writer.with_runs(writer.manifest, whole)
            writer.save(writer.with_part(manifest, wholes, self._run))
            writer.merge(compaction.choose(writer.manifest.live), self._run)
            writer.sweep()

    def _view(self) -> AbstractContextManager[View]:
        """Open what counts now."""
        self._writer.check_place()
        return open_view(self._form, self._folder, lambda: self._writer.manifest)

    def _forget_places(self) -> None:
        self._opened.close()
        self._places = None

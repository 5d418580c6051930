"""Stores of which each does one thing that no store should do; in all else they are `sqlite`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from copydesk.api import Entry, Known, Run, StoreError, StoreSpec
from copydesk_sqlite.options import Options
from copydesk_sqlite.store import SqliteStore


class Good:
    """Does all well, through another store."""

    def __init__(self, options: Options) -> None:
        self.inner: Any = SqliteStore(options)

    def __getattr__(self, name: str) -> Any:
        if name == "inner":
            raise AttributeError(name)
        return getattr(self.inner, name)


class Backwards(Good):
    """Gives records in the wrong order."""

    def records(self) -> Iterator[bytes]:
        """Turn them round."""
        yield from reversed(list(self.inner.records()))


class Stubborn(Good):
    """Keeps the first record of an item."""

    def commit(self, entries: Sequence[Entry]) -> None:
        """Leave out what is known."""
        known = {row.key for row in self.inner.known()}
        self.inner.commit([entry for entry in entries if entry.key not in known])


class Wasteful(Good):
    """Withdraws records that should stay."""

    def commit(self, entries: Sequence[Entry]) -> None:
        """Forget which stay."""
        self.inner.commit([evolve(entry, keeps_record=False) for entry in entries])


class Oldest(Good):
    """Lists the oldest run first."""

    def runs(self) -> Iterator[Run]:
        """Turn them round."""
        yield from reversed(list(self.inner.runs()))


class Haunted(Good):
    """Knows of an item that nobody wrote."""

    def known(self) -> Iterator[Known]:
        """Add one."""
        yield from self.inner.known()
        yield Known("ghost", "gone", 0, None, "", "", 0)


class Careless(Good):
    """Lets a second run begin."""

    def begin(self, run: Run) -> int:
        """Go on regardless."""
        try:
            number: int = self.inner.begin(run)
        except StoreError:
            return 2
        return number


class Restless(Good):
    """Reads each record when it is asked for, whatever has been written since."""

    def records(self) -> Iterator[bytes]:
        """Look each one up."""
        for key in sorted(row.key for row in self.inner.known()):
            record = self.inner.record(key)
            if record is not None:
                yield record


class Piecemeal(Good):
    """Commits row by row."""

    def commit(self, entries: Sequence[Entry]) -> None:
        """Commit each by itself."""
        for entry in entries:
            self.inner.commit([entry])


class Prim(Good):
    """Leaves out odd characters."""

    def commit(self, entries: Sequence[Entry]) -> None:
        """Drop NUL."""
        self.inner.commit([evolve(entry, key=entry.key.replace("\0", "")) for entry in entries])


class Greedy(Good):
    """Takes the place of whatever is there."""

    def __init__(self, options: Options) -> None:
        path = options.path
        if path.is_file() and not path.read_bytes().startswith(b"SQLite"):
            path.unlink()
        super().__init__(options)


class Stuck(Good):
    """Says that it went back, and did not."""

    def roll_back(self, run: int) -> Mapping[str, int]:
        """Do nothing."""
        return {"restored": 2, "withdrawn": 1}


class Hoarding(Good):
    """Forgets nothing."""

    def prune(self, keep: int) -> None:
        """Do nothing."""


class Lonely(Good):
    """Takes in the runs of another store, and not its rows."""

    def join(self, runs: Any, _: Any) -> None:
        """Leave out the rows."""
        self.inner.join(runs, [])


class Forgetful(Good):
    """Keeps no results, though it says so."""

    def recall(self, _: str) -> Iterator[Any]:
        """Give none."""
        return iter(())


class Unbuildable:
    """Cannot be made."""

    def __init__(self, _: Options) -> None:
        raise StoreError("the disk is full")


def spec(build: Any) -> StoreSpec[Any]:
    """Return the spec of a store."""
    return StoreSpec("bad", Options, build)

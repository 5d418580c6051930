"""A store on the bench: places for it, rows to write, and a writer that goes on until killed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from attrs import field, frozen

from copydesk.ledger import Entry, Run
from copydesk.spec import StoreSpec

SHARED = 40
"""Rows that every batch of `write_forever` writes again."""


@frozen(slots=False)
class StoreBench:
    """A store, and how to have one at a place."""

    spec: StoreSpec[Any]
    options_at: Callable[[Path], Any]
    """Returns options of a store; a new path means a new store, an old path the same as before."""
    _sample: list[Any] = field(factory=list, init=False, repr=False)

    @property
    def name(self) -> str:
        """The name of the store."""
        return self.spec.name

    @property
    def options(self) -> Any:
        """Options of a store that is never made."""
        if not self._sample:
            self._sample.append(self.options_at(Path(tempfile.gettempdir(), "copydesk no store")))
        return self._sample[0]

    @contextmanager
    def room(self) -> Iterator[Room]:
        """Give room for stores in a folder that is removed afterwards."""
        folder = Path(tempfile.mkdtemp(prefix="copydesk-store-"))
        try:
            yield Room(self, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@frozen
class Room:
    """Room for stores of one kind."""

    bench: StoreBench
    folder: Path

    def options(self, name: str = "store") -> Any:
        """Return the options of the store of a name."""
        return self.bench.options_at(self.folder / name)

    def open(self, name: str = "store") -> closing[Any]:
        """Return a store for a `with` block."""
        return closing(self.bench.spec.build(self.options(name)))


def a_run(chain: str = "news.yaml", started: str = "2025-03-03T08:00:00+00:00") -> Run:
    """Return a run that no store knows."""
    steps = ({"use": "language.identify", "label": "identify", "options": {"least": 3}},)
    return Run(started, chain, "articles", "f" * 32, steps)


def done(key: str, text: str = "") -> Entry:
    """Return a row with a record that has a text of its own."""
    record = f'{{"metadata":{{"title":"{key}"}},"text":"{text or key} due € 中文"}}'
    return Entry(
        key, "done", 3, 1.5, "aa", "f", record=record.encode(), search=f"{key}\n{text or key}"
    )


def write(store: Any, *batches: list[Entry], run: Run | None = None) -> int:
    """Make a whole run of some commits; return its number."""
    number: int = store.begin(run or a_run())
    for batch in batches:
        store.commit(batch)
    store.end({"done": sum(map(len, batches))})
    return number


def texts(store: Any) -> list[str]:
    """Return the first word of the text of each current record."""
    return [text_of(record) for record in store.records()]


def text_of(record: bytes) -> str:
    """Return the first word of the text of a record that `done` made."""
    return record.decode().partition('"text":"')[2].split()[0]


def write_forever(spec: StoreSpec[Any], options: Any, answer: Any = None) -> None:
    """Write batch after batch, and say on stdout which one is committed, until killed.

    Each batch writes the same rows again and adds one of its own: the whole of it shows, or not.
    """
    out = answer or sys.stdout
    with closing(spec.build(options)) as store:
        store.begin(a_run())
        print("begun", file=out, flush=True)
        for batch in range(10_000):
            shared: Sequence[Entry] = [done(f"shared {n:02}", f"{batch}") for n in range(SHARED)]
            store.commit([*shared, done(f"own {batch:05}", f"{batch}")])
            print(batch, file=out, flush=True)

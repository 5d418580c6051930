"""The bundled stores, as the tests of what they all promise make them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any, Protocol

from attrs import frozen

from copydesk.api import Entry, Generations, Mergeable, Run, Store
from copydesk.registry import Registry


class WholeStore(Store, Generations, Mergeable, Protocol):
    """A store with all that the bundled ones can do."""


@frozen
class Kind:
    """A kind of store, and where one of it may be made."""

    use: str
    place: Callable[[str], str]
    """Returns the path or URL of a store by its name; another name is another store."""

    def open(self, name: str = "one", **options: Any) -> AbstractContextManager[WholeStore]:
        """Return a store to be used in a `with` block; it is made if it is not there."""
        spec: Any = Registry.installed().offer("store", self.use).spec
        place = self.place(name)
        where = {"url": place} if "://" in place else {"path": Path(place)}
        return closing(spec.build(spec.options(**where, **options)))


def a_run(started: str = "2026-11-21T10:00:00+00:00", chain: str = "news.yaml") -> Run:
    """Return a run that no store has yet."""
    steps = ({"use": "language.identify", "label": "identify", "options": {"min": 3}},)
    return Run(started, chain, "articles", "f" * 32, steps)


def done(key: str, text: str = "") -> Entry:
    """Return a row with a record whose text is its own."""
    record = f'{{"metadata":{{"title":"{key}"}},"text":"{text or key} zwei € 中文"}}'
    search = f"{key}\n{text or key} zwei €  中  文 "
    return Entry(key, "done", 3, 1.5, "aa", "f", record=record.encode(), search=search)


def write(store: Store, *batches: list[Entry], run: Run | None = None) -> int:
    """Make a whole run of some commits; return its number."""
    number = store.begin(run or a_run())
    for batch in batches:
        store.commit(batch)
    store.end({"done": sum(map(len, batches))})
    return number


def texts(store: Store) -> list[str]:
    """Return the first word of the text of each current record."""
    return [record.decode().partition('"text":"')[2].split()[0] for record in store.records()]

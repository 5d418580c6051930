"""What plugins build, and that it is let go of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from copydesk.built import Built
from copydesk.testing import Desk

SOURCE = """
from pathlib import Path

from copydesk.api import Item, NoOptions, SourceSpec, hookimpl


class Closing:
    def __init__(self, options):
        self.note("built")

    def items(self):
        yield Item("a.txt", media_type="text/plain")

    def read(self, item):
        return b"The harbour is open"

    def close(self):
        self.note("closed")

    def note(self, word):
        with Path("notes.txt").open("a") as file:
            file.write(f"{word}\\n")


@hookimpl
def copydesk_sources():
    return [SourceSpec("closing", NoOptions, Closing)]
"""
CHAIN = """
copydesk: 1
plugins: [./source.py]
source: closing
chain: [encoding.chardet]
store: {use: sqlite, options: {path: out.db}}
"""


def test_what_is_built_may_want_no_farewell() -> None:
    """What has no `close` is held as it is, and letting go of it does nothing."""
    thing = object()
    built = Built.of(thing)
    built.close()

    assert thing is built.value


def test_context_manager_is_entered_and_left() -> None:
    """A context manager is entered once, gives what it yields, and is left at the close."""
    told = []

    @contextmanager
    def manage() -> Iterator[str]:
        told.append("enter")
        yield "thing"
        told.append("leave")

    built = Built.of(manage())

    assert ("thing", ["enter"]) == (built.value, told)
    built.close()
    assert ["enter", "leave"] == told


def test_every_source_that_a_run_builds_is_closed(desk: Desk) -> None:
    """A run closes its source both where it lists and where it reads; so does a verification."""
    (desk.folder / "source.py").write_text(SOURCE, "utf-8")
    (desk.folder / "chain.yaml").write_text(CHAIN, "utf-8")
    notes = desk.folder / "notes.txt"

    assert 1 == desk.run("chain.yaml")["done"]
    words = notes.read_text().split()
    assert words.count("built") == words.count("closed") >= 2

    notes.unlink()
    assert 0 == desk.copydesk("verify", "chain.yaml", "--store", "out.db").returncode
    assert ["built", "closed"] == notes.read_text().split()

"""What a YAML file holds before it means anything: values, lists and tables with places."""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import evolve, field, frozen

from copydesk.fault import Place

_ESCAPE = re.compile(r"\\(?:x..|u....|U........|.)|.", re.DOTALL)
_INK = re.compile(r"\S")
_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r"''|.", re.DOTALL)
_LONGEST = 40  # characters of a value that a message shows


@frozen
class Scalar:
    """One value of the YAML 1.2 core schema."""

    value: str | int | float | bool | None
    place: Place = field(eq=False)
    raw: str = field(default="", eq=False)
    """As it is written, with its quotes."""
    is_told: bool = field(default=False, eq=False)
    """It stands for nothing, and its fault has been told."""

    def inside(self, offset: int) -> Place:
        """Return the place of a character of a text, or of the whole where that cannot be told."""
        before = self.raw[: _find(self.raw, str(self.value), offset)]
        lines = _BREAK.split(before)
        if len(lines) == 1:
            return evolve(self.place, column=self.place.column + len(before))
        line = self.place.line + len(lines) - 1
        return evolve(self.place, line=line, column=len(lines[-1]) + 1)


@frozen
class Listing:
    """A list."""

    nodes: tuple[Node, ...]
    place: Place = field(eq=False)


@frozen
class Entry:
    """A key of a table and what it stands for; the value of the key is always text."""

    key: Scalar
    value: Node


@frozen
class Table:
    """A mapping."""

    entries: tuple[Entry, ...]
    place: Place = field(eq=False)

    def entry(self, key: str) -> Entry | None:
        """Return the entry of `key`, if there is one."""
        return next((entry for entry in self.entries if entry.key.value == key), None)

    def get(self, key: str) -> Node | None:
        """Return what `key` stands for, if it is there."""
        entry = self.entry(key)
        return entry.value if entry else None

    def replace(self, key: str, value: Node) -> Table:
        """Return the table with `key` standing for `value`, in its old place if it has one."""
        if self.entry(key) is None:
            entry = Entry(Scalar(key, value.place, key), value)
            return evolve(self, entries=(*self.entries, entry))
        changed = (
            evolve(entry, value=value) if entry.key.value == key else entry
            for entry in self.entries
        )
        return evolve(self, entries=tuple(changed))

    def without(self, *keys: str) -> Table:
        """Return the table without some keys."""
        kept = tuple(entry for entry in self.entries if entry.key.value not in keys)
        return evolve(self, entries=kept)


Node = Scalar | Listing | Table
KINDS = (Node, Scalar, Listing, Table)
"""The types of fields that keep what the file holds as it is."""


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return a node with `change` made to it and to all that is in it, from the inside."""
    if isinstance(node, Listing):
        node = evolve(node, nodes=tuple(rebuild(item, change) for item in node.nodes))
    elif isinstance(node, Table):
        entries = [evolve(entry, value=rebuild(entry.value, change)) for entry in node.entries]
        node = evolve(node, entries=tuple(entries))
    return change(node)


def describe(node: Node) -> str:
    """Return what a message says was found: `the number 1.9`, `'abc'`, `a list`."""
    if isinstance(node, Listing):
        return "a list"
    if isinstance(node, Table):
        return "a mapping"
    if isinstance(node.value, str):
        return f"'{shorten(node.value)}'"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return str(node.value).lower()
    return f"the number {shorten(node.raw or str(node.value))}"


def shorten(text: str) -> str:
    """Return `text` on one line and not too long, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."


def plain(node: Node) -> object:
    """Return the value of a node as lists, dicts and plain values."""
    if isinstance(node, Listing):
        return [plain(item) for item in node.nodes]
    if isinstance(node, Table):
        return {str(entry.key.value): plain(entry.value) for entry in node.entries}
    return node.value


def _find(raw: str, value: str, offset: int) -> int:
    """Return where in `raw` the character at `offset` of `value` is written."""
    if raw[:1] in {"'", '"'} and raw != value:
        if _BREAK.search(raw):
            return 0
        pieces = (_ESCAPE if raw[0] == '"' else _QUOTED).findall(raw[1:-1])
        return 1 + sum(len(piece) for piece in pieces[:offset])
    # YAML changes only the white space of other texts
    start = raw.find("\n") + 1 if raw[:1] in {"|", ">"} and raw != value else 0
    inked = [match.start() for match in _INK.finditer(raw, start)]
    index = sum(1 for _ in _INK.finditer(value[:offset]))
    if index < len(inked):
        return inked[index]
    return inked[-1] + 1 if inked else 0

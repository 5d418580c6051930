"""Reads YAML 1.2 into nodes that know their places, and refuses what could mislead or harm."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from attrs import define, evolve, field

from copydesk.config.node import Entry, Listing, Node, Scalar, Table, shorten
from copydesk.fault import Fault, Origin, Place

MAX_BYTES = 4_000_000
"""Larger files are not read: no chain is that long."""
MAX_DEPTH = 64
"""Levels of lists and mappings inside each other."""
MAX_COPIES = 100_000
"""Values that aliases may add up to: a bound on files that unfold without end."""

_LOADER = getattr(yaml, "CLoader", yaml.Loader)  # the one in C is 20 times as fast
_FORBIDDEN = re.compile(  # as a list of the few, as one of the many takes 7 ms to compile
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ANCHOR = re.compile(r"&\S+[ \t]*")
_BREAK = re.compile(r"\r\n|\r|\n")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NAN = (".nan", ".NaN", ".NAN")


def read(path: Path, faults: list[Fault]) -> Node | None:
    """Return what a YAML file holds; what is wrong with it is added to `faults`."""
    origin = Origin(str(path), path.parent)
    try:
        if path.stat().st_size > MAX_BYTES:
            faults.append(Fault(Place(origin), f"larger than {MAX_BYTES:,} bytes; is it a chain?"))
            return None
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or str(error)
        faults.append(Fault(Place(origin), f"cannot be read: {what.lower()}; check the path"))
        return None
    try:
        return parse(content.decode("utf-8-sig"), origin, faults)
    except UnicodeDecodeError as error:
        place = _locate(origin, content[: error.start].decode("utf-8-sig"))
        found = f"the byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        faults.append(Fault(place, found))
        return None


def parse(
    text: str, origin: Origin, faults: list[Fault], loader: type[Any] = _LOADER
) -> Node | None:
    """Return what a text in YAML holds; what is wrong with it is added to `faults`."""
    bad = _FORBIDDEN.search(text)
    if bad:
        message = f'the character U+{ord(bad[0]):04X} is not allowed; write it as an escape in ""'
        faults.append(Fault(_locate(origin, text[: bad.start()]), message))
        return None
    composer = _Composer(text, origin, faults)
    try:
        return composer.compose(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        from copydesk.config.syntax import explain_syntax  # noqa: PLC0415 - rarely needed, and every start would pay

        spot, message = explain_syntax(error, text)
        faults.append(Fault(Place(origin, *spot), message))
    except (ValueError, OverflowError):  # PyYAML's own parser, for "\U00110000"
        faults.append(Fault(composer.place, "an escape here is no Unicode character; mend it"))
    except _Refused as refused:
        faults.append(refused.fault)
    return None


def resolve(text: str) -> str | int | float | bool | None:
    """Return what an unquoted text means in the core schema of YAML 1.2.

    Raises `ValueError` for a number of thousands of digits.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if infinite := _INFINITE.fullmatch(text):
        return -math.inf if infinite[1] == "-" else math.inf
    return math.nan if text in _NAN else text


class _Refused(Exception):  # noqa: N818 - it carries a fault, and never leaves this module
    """Nothing after this can be trusted."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(place, message)


@define
class _Composer:
    """Makes nodes of parse events."""

    text: str
    origin: Origin
    faults: list[Fault]
    place: Place = field(init=False)
    depth: int = field(init=False, default=0)
    copies: int = field(init=False, default=0)
    anchors: dict[str, tuple[Node, int] | None] = field(init=False, factory=dict)

    @place.default
    def _start(self) -> Place:
        return Place(self.origin, 1, 1)

    def compose(self, events: Iterable[Any]) -> Node | None:
        """Return the one document of a stream of events."""
        stream = iter(events)
        node = None
        for event in stream:
            if isinstance(event, yaml.DocumentStartEvent):
                self._open(event, node)
                node = self._node(next(stream), stream)[0]
        if node is None:
            self.faults.append(Fault(self.place, "the file is empty; begin with 'copydesk: 1'"))
        return node

    def _open(self, event: Any, before: Node | None) -> None:
        place = self._at(event)
        if before is not None:
            raise _Refused(place, "a second document; a file holds one chain, so remove the '---'")
        if event.version not in {None, (1, 2)} or event.tags:
            raise _Refused(place, "files are read as YAML 1.2; remove the line that begins with %")

    def _node(self, event: Any, stream: Iterator[Any]) -> tuple[Node, int]:
        """Return the node that begins with `event`, and how many values it unfolds to."""
        self.place = place = self._at(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), place)
        if event.tag is not None:
            self._refuse_tag(event, place)
        if event.anchor is not None:
            if event.anchor in self.anchors:
                self._blame(place, f"the anchor '&{event.anchor}' is set twice; rename one")
            self.anchors[event.anchor] = None
        made = self._make(event, stream, place)
        if event.anchor is not None:
            self.anchors[event.anchor] = made
        return made

    def _make(self, event: Any, stream: Iterator[Any], place: Place) -> tuple[Node, int]:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place), 1
        if self.depth >= MAX_DEPTH:
            raise _Refused(place, f"more than {MAX_DEPTH} levels deep; make it flatter")
        self.depth += 1
        make = self._listing if isinstance(event, yaml.SequenceStartEvent) else self._table
        made = make(stream, place)
        self.depth -= 1
        return made

    def _listing(self, stream: Iterator[Any], place: Place) -> tuple[Node, int]:
        nodes = []
        size = 1
        while not isinstance(event := next(stream), yaml.SequenceEndEvent):
            node, more = self._node(event, stream)
            nodes.append(node)
            size += more
        return Listing(tuple(nodes), place), size

    def _table(self, stream: Iterator[Any], place: Place) -> tuple[Node, int]:
        entries: dict[str, Entry] = {}
        merged: list[Entry] = []
        size = 1
        while not isinstance(event := next(stream), yaml.MappingEndEvent):
            key = self._key(self._node(event, stream)[0])
            value, more = self._node(next(stream), stream)
            size += more
            name = str(key.value)
            if key.raw == "<<":
                merged += self._refuse_merge(key, value)
            elif name in entries:
                first = entries[name].key.place
                self._blame(
                    key.place,
                    f"the key '{shorten(name)}' is already set in line {first.line}; remove one",
                )
            else:
                entries[name] = Entry(key, value)
        for entry in merged:
            entries.setdefault(str(entry.key.value), entry)
        return Table(tuple(entries.values()), place), size

    def _refuse_merge(self, key: Scalar, value: Node) -> tuple[Entry, ...]:
        """Return the entries that were meant, so that none of them is told to be missing."""
        advice = "write out the keys, or use 'include' and 'change'"
        self._blame(key.place, f"'<<' merges mappings in YAML 1.1, and is no part of 1.2; {advice}")
        return value.entries if isinstance(value, Table) else ()

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            raise _Refused(node.place, "a key must be text, not a list or a mapping; quote it")
        if isinstance(node.value, str):
            return node
        if not node.is_told:
            found = f"{node.raw} is not text" if node.raw else "is empty"
            self._blame(node.place, f"the key {found}; quote it")
        return evolve(node, value=node.raw, is_told=False)

    def _alias(self, name: str, place: Place) -> tuple[Node, int]:
        if name not in self.anchors:
            raise _Refused(
                place,
                f"'*{name}' stands for an anchor '&{name}' that is not set before it; "
                "quote it if it is text",
            )
        made = self.anchors[name]
        if made is None:
            raise _Refused(place, f"'*{name}' stands for something that contains it; remove it")
        self.copies += made[1]
        if self.copies > MAX_COPIES:
            raise _Refused(place, f"aliases unfold to over {MAX_COPIES:,} values; use fewer")
        return made

    def _refuse_tag(self, event: Any, place: Place) -> None:
        tag = shorten(event.tag.replace("tag:yaml.org,2002:", "!!"))
        self._blame(place, f"the tag '{tag}' is not supported; remove it, or quote the whole value")

    def _scalar(self, event: Any, place: Place) -> Scalar:
        raw = self.text[event.start_mark.index : event.end_mark.index]
        if event.anchor is not None and (anchor := _ANCHOR.match(raw)):
            place = evolve(place, column=place.column + anchor.end())
            raw = raw[anchor.end() :]
        if event.style in {None, ""}:
            return self._resolve(event.value, place, raw)
        if any("\ud800" <= character <= "\udfff" for character in event.value):
            raise _Refused(place, "an escape here is half of a surrogate pair; write \\U instead")
        return Scalar(event.value, place, raw)

    def _resolve(self, text: str, place: Place, raw: str) -> Scalar:
        try:
            return Scalar(resolve(text), place, raw)
        except ValueError:
            self._blame(place, "a number of thousands of digits; quote it if it is text")
            return Scalar(None, place, raw, is_told=True)

    def _at(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.origin, mark.line + 1, mark.column + 1)

    def _blame(self, place: Place, message: str) -> None:
        self.faults.append(Fault(place, message))


def _locate(origin: Origin, before: str) -> Place:
    """Return the place of what follows `before`."""
    lines = _BREAK.split(before)
    return Place(origin, len(lines), len(lines[-1]) + 1)

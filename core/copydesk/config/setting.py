"""Puts a value of the command line into a chain: `--set chain.lines.options.min_length=40`."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve, frozen

from copydesk.config.change import explain_label
from copydesk.config.labels import change_step
from copydesk.config.layer import CHOICES
from copydesk.config.node import Listing, Node, Scalar, Table, describe, rebuild
from copydesk.config.reader import MAX_DEPTH, parse
from copydesk.config.shorthand import spell_out
from copydesk.fault import Fault, Origin, Place

_COMPOSING = {"include", "change", "profiles"}


def apply_setting(root: Table, setting: str, faults: list[Fault]) -> Table:
    """Return a chain with the value of one `--set PATH=VALUE` in it.

    The path goes by keys, and below `chain` by the labels of steps. The value is YAML.
    """
    path, equals, text = setting.partition("=")
    place = Place(Origin(f"--set {path}", Path()))
    keys = path.split(".")
    if not equals or not all(keys) or len(keys) >= MAX_DEPTH:
        found = "has no '='" if not equals else "is no path of keys"
        example = "chain.LABEL.options.OPTION=VALUE"
        faults.append(Fault(place, f"'{setting}' {found}; write PATH=VALUE, such as {example}"))
        return root
    if keys[0] in _COMPOSING:
        advice = "set what comes out of it instead, or edit the file"
        faults.append(Fault(place, f"'{keys[0]}' is done before anything is set; {advice}"))
        return root
    value = _parse(text, place, faults)
    if value is None:
        return root
    put = _Putter(place, value, faults)
    if keys[0] == "chain" and len(keys) > 1:
        return put.into_step(root, keys[1], keys[2:])
    return put.into(root, keys)


def _parse(text: str, place: Place, faults: list[Fault]) -> Node | None:
    """Return a value as YAML reads it, with the command line for its place."""
    if not text.strip():
        return Scalar(None, place, text)
    found: list[Fault] = []
    node = parse(text, place.origin, found)
    faults += [evolve(fault, place=place) for fault in found]
    if node is None or found:
        return None
    return rebuild(node, lambda inner: _move(inner, place))


def _move(node: Node, place: Place) -> Node:
    """Return a node with the command line for the place of itself and of its keys."""
    if isinstance(node, Table):
        moved = (evolve(entry, key=evolve(entry.key, place=place)) for entry in node.entries)
        node = evolve(node, entries=tuple(moved))
    return evolve(node, place=place)


@frozen
class _Putter:
    """Puts one value where a path says."""

    place: Place
    value: Node
    faults: list[Fault]

    def into(self, table: Table, keys: list[str]) -> Table:
        """Return a mapping with the value under keys inside each other."""
        key, rest = keys[0], keys[1:]
        if not rest:
            return table.replace(key, self.value)
        inner = table.get(key)
        if inner is None or (isinstance(inner, Scalar) and inner.value is None):
            inner = Table((), self.place)
        if key in CHOICES:
            inner = spell_out(inner)
        if isinstance(inner, Table):
            return table.replace(key, self.into(inner, rest))
        message = f"'{key}' is {describe(inner)}, which has no '{rest[0]}'"
        self.faults.append(Fault(self.place, f"{message}; set it whole"))
        return table

    def into_step(self, root: Table, label: str, keys: list[str]) -> Table:
        """Return a chain with the value in a step, or in its place."""
        chain = root.get("chain")
        if not isinstance(chain, Listing):
            chain = Listing((), self.place)
        changed = change_step(chain, label, lambda step: (self._change(step, keys),))
        if changed is chain:
            self.faults.append(explain_label(self.place, label, chain))
        return root.replace("chain", changed)

    def _change(self, step: Node, keys: list[str]) -> Node:
        table = spell_out(step)
        return self.into(table, keys) if keys and isinstance(table, Table) else self.value

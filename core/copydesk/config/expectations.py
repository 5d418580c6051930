"""Reads what a test of a chain expects of fields, and checks it against their types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from copydesk.config.node import Entry, Listing, Node, Scalar, Table, describe, plain
from copydesk.config.scalar import FAILED
from copydesk.config.structure import structure
from copydesk.expectations.case import Expectation
from copydesk.expectations.operators import OPERATORS, Near, Part, Shape
from copydesk.expectations.path import FATE, Names, PathError, bare, names_in, names_of_record, walk
from copydesk.expectations.pattern import is_found
from copydesk.fault import Fault, Place
from copydesk.fields import is_list, is_table, item_type
from copydesk.suggestion import suggest


@frozen
class ExpectationReader:
    """Reads expectations; what is wrong with them is added to `faults`."""

    faults: list[Fault]

    def read(self, table: Table) -> tuple[Expectation, ...]:
        """Return what a mapping of fields expects of a record and of what became of it."""
        return tuple(self._fields(table, {**FATE, **names_of_record()}, ()))

    def _fields(self, table: Table, owner: Any, path: tuple[str, ...]) -> Iterator[Expectation]:
        """Yield what is expected of fields, of which `owner` is the type or has the names."""
        for entry in table.entries:
            name = str(entry.key.value)
            try:
                kind = walk(owner, name)
            except PathError as error:
                self._blame(entry.key.inside(error.offset), str(error))
            else:
                yield from self._field(entry, kind, (*path, *name.split(".")))

    def _field(self, entry: Entry, kind: Any, path: tuple[str, ...]) -> Iterator[Expectation]:
        """Yield what is expected of one field: a value, operators, or fields of its own."""
        value = entry.value
        if not isinstance(value, Table):
            yield from self._operator("equals", value, kind, path)
        elif not value.entries:
            self._blame(value.place, f"{'.'.join(path)}: found an empty mapping; give a value")
        elif _has_fields(kind) and not _has_operator(value):
            yield from self._fields(value, kind, path)
        else:
            for inner in value.entries:
                name = str(inner.key.value)
                if name in OPERATORS:
                    yield from self._operator(name, inner.value, kind, path)
                else:
                    advice = suggest(name, OPERATORS, "operator")
                    self._blame(inner.key.place, f"unknown operator '{name}'; {advice}")

    def _operator(
        self, name: str, node: Node, kind: Any, path: tuple[str, ...]
    ) -> Iterator[Expectation]:
        label = ".".join(path)
        if name == "equals":
            wanted = self._value(node, kind, label)
        else:
            inner, label = bare(kind), f"{label}: {name}"
            if not OPERATORS[name].suits(inner):
                message = f"{label} does not suit this field; give its value, or its own fields"
                self._blame(node.place, message)
                return
            wanted = self._argument(name, node, inner, label)
        if wanted is not FAILED:
            yield Expectation(path, OPERATORS[name], wanted, node.place)

    def _argument(self, name: str, node: Node, kind: Any, label: str) -> Any:
        """Return what an operator other than `equals` compares with."""
        if name in {"contains", "lacks"}:
            return self._members(node, kind, label)
        if name == "matches":
            return self._pattern(node, label)
        if name == "close_to" and not isinstance(node, Table):
            value = structure(node, float, label, self.faults)
            return FAILED if value is FAILED else Near(value)
        return structure(node, Near if name == "close_to" else float, label, self.faults)

    def _value(self, node: Node, kind: Any, label: str) -> Any:
        """Return a value of the field's own type, with shapes in place of mappings."""
        names, inner = names_in(kind), bare(kind)
        if kind is Any or is_table(inner):
            return plain(node)
        if names is not None and isinstance(node, Table):
            return self._shape(node, names)
        if is_list(inner) and isinstance(node, Listing):
            return self._each(node, inner, label)
        if (is_list(inner) or names is not None) and not _is_nothing(node):
            wanted = "a list, or {contains: ...}" if is_list(inner) else "a mapping of its fields"
            self._blame(node.place, f"{label}: found {describe(node)}; give {wanted}")
            return FAILED
        return structure(node, kind, label, self.faults)

    def _members(self, node: Node, kind: Any, label: str) -> Any:
        """Return one or several things that a text or a list may contain."""
        nodes = Listing(node.nodes if isinstance(node, Listing) else (node,), node.place)
        if is_list(kind):
            return self._each(nodes, kind, label)
        found = tuple(self._value(item, kind, label) for item in nodes.nodes)
        if "" in found:
            self._blame(node.place, f"{label}: an empty text is in every text; remove it")
            return FAILED
        return FAILED if FAILED in found else found

    def _each(self, node: Listing, kind: Any, label: str) -> Any:
        found = tuple(self._value(item, item_type(kind), label) for item in node.nodes)
        return FAILED if FAILED in found else found

    def _shape(self, node: Table, names: Names) -> Any:
        before = len(self.faults)
        found = tuple(self._fields(node, names, ()))
        if len(self.faults) > before:
            return FAILED
        return Shape(tuple(Part(each.path, each.operator, each.wanted) for each in found))

    def _pattern(self, node: Node, label: str) -> Any:
        pattern = structure(node, str, label, self.faults)
        if pattern is FAILED:
            return FAILED
        try:
            is_found(pattern, "")
        except ValueError as error:
            self._blame(node.place, f"{label}: {error}; mend the pattern (in RE2's dialect)")
            return FAILED
        return pattern

    def _blame(self, place: Place, message: str) -> None:
        self.faults.append(Fault(place, message))


def _has_fields(kind: Any) -> bool:
    return kind is Any or names_in(kind) is not None or is_table(bare(kind))


def _has_operator(table: Table) -> bool:
    return any(entry.key.value in OPERATORS for entry in table.entries)


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None

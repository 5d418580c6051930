"""Writes the JSON Schema of what the tests of a chain expect of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from copydesk.expectations.operators import OPERATORS, Near
from copydesk.expectations.path import FATE, Names, bare, names_in, names_of_record
from copydesk.fields import describe_type, is_list, is_table, item_type
from copydesk.schemas.classes import Schema, Writer

_OPEN = r"\..+"


def describe_expectations(writer: Writer) -> Schema:
    """Return the schema of `expect`; its parts are defined by the writer."""
    fields = _ExpectationWriter(writer).fields({**FATE, **names_of_record()})
    return fields | {"minProperties": 1}


@frozen
class _ExpectationWriter:
    """Writes the schemas of fields, of operators and of values, each kind once."""

    writer: Writer

    def fields(self, names: Names) -> Schema:
        """Return the schema of a mapping of fields, by their dotted paths."""
        plain, patterns = {}, {}
        for path, kind in _walk(names):
            if "\\" in path:
                patterns[f"^{path}$"] = self.field(kind)
            else:
                plain[path] = self.field(kind)
        schema: Schema = {"type": "object", "properties": plain}
        if patterns:
            schema["patternProperties"] = patterns
        return schema | {"additionalProperties": False}

    def field(self, kind: Any) -> Schema:
        """Return the schema of what is expected of one field: a value or operators."""
        if kind is Any:
            return {}
        name = f"expected_{_name(kind)}"
        if name not in self.writer.definitions:
            self.writer.define(name, {})  # what is in it may name it
            operators = {"type": "object", "minProperties": 1, "additionalProperties": False}
            operators["properties"] = {
                operator.name: self.argument(operator.name, kind)
                for operator in OPERATORS.values()
                if operator.suits(bare(kind))
            }
            self.writer.define(name, {"anyOf": [self.value(kind), operators]})
        return {"$ref": f"#/$defs/{name}"}

    def argument(self, operator: str, kind: Any) -> Schema:
        """Return the schema of what an operator compares with."""
        inner = bare(kind)
        if operator == "equals":
            return self.value(kind)
        if operator in {"contains", "lacks"}:
            member = self.value(item_type(inner) if is_list(inner) else inner)
            return {"anyOf": [member, {"type": "array", "items": member}]}
        if operator == "matches":
            return {"type": "string"}
        number = self.writer.finish(self.writer.kind(float))
        return {"anyOf": [number, self.writer.kind(Near)]} if operator == "close_to" else number

    def value(self, kind: Any) -> Schema:
        """Return the schema of a value of the field's own type; of a class, of some fields."""
        names, inner = names_in(kind), bare(kind)
        if kind is Any or is_table(inner):
            return {}
        if names is None and not is_list(inner):
            return self.writer.finish(self.writer.kind(kind))
        if names is None:
            schema: Schema = {"type": "array", "items": self.value(item_type(inner))}
        else:
            schema = self.shape(names, _name(inner))
        return schema if kind == inner else {"anyOf": [schema, {"type": "null"}]}

    def shape(self, names: Names, name: str) -> Schema:
        """Return a reference to the schema of some fields of a class."""
        name = f"some_of_{name}"
        if name not in self.writer.definitions:
            self.writer.define(name, {})
            self.writer.define(name, self.fields(names))
        return {"$ref": f"#/$defs/{name}"}


def _walk(names: Names, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the paths of fields and of what is in them, as patterns where they have gaps."""
    for name, kind in names.items():
        yield f"{before}{name}", kind
        yield from _walk_into(kind, f"{before}{name}")


def _walk_into(kind: Any, path: str) -> Iterator[tuple[str, Any]]:
    names, inner = names_in(kind), bare(kind)
    if names is not None:
        dot = r"\." if "\\" in path else "."
        yield from _walk({f"{path}{dot}{name}": of for name, of in names.items()})
    elif is_list(inner):
        entry = rf"{_escape(path)}\.\d+"
        yield entry, item_type(inner)
        yield from _walk_into(item_type(inner), entry)
    elif inner is Any or is_table(inner):
        yield f"{_escape(path)}{_OPEN}", Any


def _escape(path: str) -> str:
    return path if "\\" in path else path.replace(".", r"\.")


def _name(kind: Any) -> str:
    """Return what to call a type in the name of a definition."""
    inner = bare(kind)
    if is_list(inner):
        name = f"list_of_{_name(item_type(inner))}"
    else:
        name = inner.__name__ if names_in(inner) is not None else describe_type(inner)
    return re.sub(r"\W+", "_", name if kind == inner else f"{name}_or_nothing").strip("_")

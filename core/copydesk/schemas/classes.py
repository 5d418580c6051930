"""Writes JSON Schemas (2020-12) of records and other attrs classes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_origin

import attrs
import msgspec
from attrs import define, field

from copydesk.bounds import bounds_of
from copydesk.config.node import KINDS, plain
from copydesk.fields import (
    REQUIRED,
    Field,
    choices_of,
    fields_of,
    is_list,
    is_table,
    is_union,
    item_type,
    simplify,
)
from copydesk.record import VERSION, Record

Schema = dict[str, Any]
"""A JSON Schema, as the json module takes it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""What the schemas are written in."""
_PLAIN: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    Path: {"type": "string", "minLength": 1},
    type(None): {"type": "null"},
}


def describe_record() -> Schema:
    """Return the schema of a record; every field is always there."""
    writer = Writer(is_required=lambda _: True)
    root = writer.instance(Record)
    root["properties"]["schema"]["const"] = VERSION
    head = {"$schema": DIALECT, "$id": f"urn:copydesk:record:{VERSION}", "title": "Record"}
    return head | root | {"$defs": sort_definitions(writer.definitions)}


@define
class Writer:
    """Writes schemas of types, and gathers those of nested classes."""

    is_required: Callable[[Field], bool]
    """Whether a field must be there."""
    finish: Callable[[Schema], Schema] = lambda schema: schema
    """Has the last word on the schema of each field."""
    definitions: dict[str, Schema] = field(factory=dict)
    _names: dict[type[Any], str] = field(factory=dict)

    def define(self, name: str, schema: Schema) -> Schema:
        """Keep a schema under a name, and return a reference to it."""
        self.definitions[name] = schema
        return {"$ref": f"#/$defs/{name}"}

    def instance(self, cls: type[Any]) -> Schema:
        """Return the schema of an attrs class, without a reference."""
        fields = fields_of(cls)
        schema: Schema = {"type": "object"}
        if cls.__doc__:
            schema["description"] = " ".join(cls.__doc__.split())
        schema["properties"] = {field.name: self.field(field) for field in fields}
        required = [field.name for field in fields if self.is_required(field)]
        if required:
            schema["required"] = required
        return schema | {"additionalProperties": False}

    def field(self, field: Field) -> Schema:
        """Return the schema of one field: type, bounds, documentation and default."""
        schema = self.kind(field.kind)
        sized = "Items" if is_list(field.kind) else "Length"
        bounds = bounds_of(field.attribute.validator, sized=sized)
        if is_list(field.kind) and "items" in bounds:
            bounds["items"] = schema["items"] | bounds["items"]
        schema |= bounds
        if "enum" in bounds and type(None) in get_args(field.kind):
            schema["enum"] = [*bounds["enum"], None]
        if field.documentation:
            schema["description"] = field.documentation
        if field.default is not REQUIRED:
            schema |= _spell_default(field.default)
        if field.deprecated is not None:
            schema["deprecated"] = True
        return self.finish(schema)

    def kind(self, kind: Any) -> Schema:
        """Return the schema of a type."""
        kind = simplify(kind)
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if kind in KINDS:
            return {}
        for fits, write in (
            (choices_of, self._choice),
            (is_union, self._union),
            (attrs.has, self._reference),
            (is_list, self._list),
            (is_table, self._table),
        ):
            if fits(kind):
                return write(kind)
        return {}

    def _choice(self, kind: Any) -> Schema:
        return {"enum": list(choices_of(kind))}

    def _union(self, kind: Any) -> Schema:
        return _join([self.kind(member) for member in get_args(kind)])

    def _table(self, kind: Any) -> Schema:
        return {"type": "object", "additionalProperties": self.kind(item_type(kind))}

    def _reference(self, cls: type[Any]) -> Schema:
        """Return a reference to a class, which is described once."""
        if cls not in self._names:
            taken = {*self.definitions, *self._names.values()}
            name = cls.__name__ if cls.__name__ not in taken else f"{cls.__module__}.{cls.__name__}"
            self._names[cls] = name
            return self.define(name, self.instance(cls))
        return {"$ref": f"#/$defs/{self._names[cls]}"}

    def _list(self, kind: Any) -> Schema:
        members = get_args(kind)
        if (get_origin(kind) or kind) is tuple and members and members[-1] is not Ellipsis:
            each = [self.kind(member) for member in members]
            return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}
        schema: Schema = {"type": "array", "items": self.kind(item_type(kind))}
        return schema | {"uniqueItems": True} if get_origin(kind) in {set, frozenset} else schema


def _join(schemas: list[Schema]) -> Schema:
    """Return the schema of a choice, in one `type` where that says it all."""
    types = [schema["type"] for schema in schemas if set(schema) == {"type"}]
    if "number" in types and "integer" in types:
        types.remove("integer")
        schemas = [schema for schema in schemas if schema != {"type": "integer"}]
    if len(types) == len(schemas):
        return {"type": types[0] if len(types) == 1 else types}
    others = [schema for schema in schemas if schema != {"type": "null"}]
    if len(others) == 1 and len(others) < len(schemas) and "type" in others[0]:
        return others[0] | {"type": [others[0]["type"], "null"]}
    return {"anyOf": schemas}


def _spell_default(value: Any) -> Schema:
    """Return the keyword for a default, or nothing if it cannot be written as JSON."""
    if isinstance(value, KINDS):
        value = plain(value)
    try:
        spelled = msgspec.to_builtins(value, enc_hook=_spell_path)
        return {"default": json.loads(json.dumps(spelled, allow_nan=False))}
    except (TypeError, ValueError):
        return {}


def _spell_path(value: Any) -> str:
    if isinstance(value, Path):
        return value.as_posix()
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


def sort_definitions(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Return definitions in the order of their names."""
    return dict(sorted(definitions.items()))

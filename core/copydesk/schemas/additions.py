"""Adds to the JSON Schema of records what steps declare: labels, reasons and namespaces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from copydesk.fields import REQUIRED
from copydesk.registry import Offer
from copydesk.schemas.classes import Schema, Writer, describe_record, sort_definitions
from copydesk.spec import StepSpec


def describe_installed(offers: Iterable[Offer]) -> Schema:
    """Return the schema of records to which any of some steps may have added.

    Labels and reasons are examples: a step need not declare them.
    """
    return _describe(offers, "Record of the installed plugins", is_whole=False)


def describe_chain(offers: Iterable[Offer]) -> Schema:
    """Return the schema of the records of a chain of steps.

    Labels and reasons are all there can be, if every step that gives any has declared them.
    """
    return _describe(offers, "Record of a chain", is_whole=True)


def _describe(offers: Iterable[Offer], title: str, *, is_whole: bool) -> Schema:
    specs = [offer.spec for offer in offers if isinstance(offer.spec, StepSpec)]
    schema = describe_record()
    definitions = schema["$defs"]
    labels = [spec.labels for spec in specs if "entities" in spec.gives]
    _list_words(definitions["Entity"]["properties"]["label"], labels, is_whole=is_whole)
    reasons = [spec.reasons for spec in specs if "removed" in spec.gives]
    _list_words(definitions["Removed"]["properties"]["reason"], reasons, is_whole=is_whole)
    # The published schema is the one with an identifier.
    del schema["$id"]
    schema |= {"title": title}
    namespaces = _describe_namespaces(specs, definitions)
    if namespaces:
        schema["properties"]["extra"]["properties"] = namespaces
    return schema | {"$defs": sort_definitions(definitions)}


def _list_words(schema: Schema, declared: Sequence[Sequence[str]], *, is_whole: bool) -> None:
    """Add to the schema of a field the words that steps have declared for it."""
    words = sorted({word for each in declared for word in each})
    if words:
        schema["enum" if is_whole and all(declared) else "examples"] = words


def _describe_namespaces(specs: Sequence[StepSpec[Any]], definitions: dict[str, Schema]) -> Schema:
    """Return the schemas of namespaces, and define what they refer to."""
    writer = Writer(is_required=lambda field: field.default is REQUIRED, definitions=definitions)
    found: dict[str, list[Schema]] = {}
    for spec in specs:
        for name, cls in spec.extra.items():
            schema = writer.kind(cls)
            if schema not in found.setdefault(name, []):
                found[name].append(schema)
    return {
        name: schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
        for name, schemas in sorted(found.items())
    }

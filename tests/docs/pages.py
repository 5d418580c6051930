"""Prints the reference pages from the program itself; cog puts them into the files."""

# ruff: noqa: T201 - cog takes what is printed

from __future__ import annotations

import argparse
import inspect
import io
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from itertools import groupby
from typing import Any
from unittest import mock

import attrs

from copydesk import spec
from copydesk.cli import make_parser
from copydesk.conditions.variables import VARIABLES
from copydesk.config.format import (
    CaseFormat,
    ChainFormat,
    FirstFormat,
    PluginsFormat,
    StepFormat,
    UseFormat,
)
from copydesk.config.node import KINDS
from copydesk.config.overlay import CHANGES, ProfileFormat
from copydesk.fields import (
    REQUIRED,
    Field,
    describe_type,
    document_fields,
    fields_of,
    is_list,
    item_type,
    spell,
)
from copydesk.formats.export import COLUMNS
from copydesk.printing.catalogue import list_plugins
from copydesk.registry import Registry
from copydesk.schemas.classes import describe_record

_TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1"}  # help must not have the width of the writer's own
_OURS = "copydesk"  # the pages tell of no other distribution that happens to be installed
_WORDS = {"string": "text", "integer": "whole number"}


def print_verbs() -> None:
    """Print each verb and what it is for, in the order of the help."""
    rows = [
        (f"`copydesk {name}`", verb.description or "") for name, verb in make_parser()[1].items()
    ]
    _print_table(("command", "what it does"), rows)


def print_commands() -> None:
    """Print the help of the command, of its verbs and of the verbs inside those."""
    parser, _ = make_parser()
    with mock.patch.dict(os.environ, _TERMINAL):
        for below in _parsers(parser):
            marks = "###" if below.prog.count(" ") > 1 else "##"
            print(f"{marks} {below.prog}\n\n```text\n{below.format_help().rstrip()}\n```\n")


def print_plugins() -> None:
    """Print every bundled plugin with its options, as `copydesk plugins list --json` tells them."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        list_plugins(Registry.installed(), as_json=True)
    offers = [o for o in json.loads(printed.getvalue())["offers"] if o["plugin"] == _OURS]
    for seam, members in groupby(offers, key=lambda offer: offer["seam"]):
        print(f"## {seam.capitalize()}s\n")
        for offer in members:
            _print_offer(offer)


def print_record() -> None:
    """Print the fields of a record, and of what it is made of, from its schema."""
    schema = describe_record()
    for name, part in {"Record": schema, **schema["$defs"]}.items():
        print(f"## {name}\n\n{part.get('description', '')}\n")
        rows = [
            (f"`{field}`", " or ".join(_kinds(value)), value.get("description", ""))
            for field, value in part["properties"].items()
        ]
        _print_table(("field", "type", "what it is"), rows)


def print_columns() -> None:
    """Print the columns of the CSV form."""
    print(f"{_code(COLUMNS)}.")


def print_chain() -> None:
    """Print the keys of a chain, of the choice of a plugin, of a step and of a test."""
    for title, cls in (
        ("The file", ChainFormat),
        ("`source`, `store` and `executor`", UseFormat),
        ("A step of `chain`", StepFormat),
        ("Steps tried one after another", FirstFormat),
        ("`plugins` as a mapping", PluginsFormat),
        *((f"A change with `{key}`", cls) for key, cls in CHANGES.items()),
        ("A profile of `profiles`", ProfileFormat),
        ("A test of `tests`", CaseFormat),
    ):
        print(f"## {title}\n\n{cls.__doc__}\n")
        for field in fields_of(cls):
            print(f"- `{field.name}` ({'; '.join(_limits(field))}). {field.documentation}")
        print()


def print_variables() -> None:
    """Print what a condition may ask of a document."""
    rows = [(f"`{it.name}`", it.kind, it.documentation) for it in VARIABLES]
    _print_table(("name", "type", "what it is"), rows)


def print_spec(name: str) -> None:
    """Print the fields of a spec that a hook returns."""
    cls = getattr(spec, name)
    documentation = document_fields(cls)
    for field in attrs.fields(cls):
        print(f"- `{field.name}: {field.type}` {documentation.get(field.name, '')}".rstrip())


def print_shape(name: str) -> None:
    """Print the shape of what a spec builds, as it stands in the code."""
    source = inspect.getsource(getattr(spec, name)).rstrip()
    print(f"```python\n{source.removeprefix('@runtime_checkable').lstrip()}\n```")


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser and all those below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _parsers(below)


def _print_offer(offer: Any) -> None:
    print(f"### {offer['name']}\n\n{offer['summary']}\n")
    if offer["seam"] == "step":
        needs, gives = (_code(offer[key]) or "nothing" for key in ("needs", "gives"))
        print(f"Needs {needs}; gives {gives}. Version {offer['version']}.\n")
    for option in offer["options"]:
        default = "required" if option["required"] else f"default `{option['default']}`"
        print(f"- `{option['name']}` ({option['type']}; {default}). {option['documentation']}")
    print("" if offer["options"] else "No options.\n")


def _kinds(schema: Any) -> Iterator[str]:
    """Yield the types that a JSON Schema allows, in words."""
    kind = schema.get("type", "anything")
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield f"[{name}](#{name.lower()})"
    elif "enum" in schema:
        yield from (f"`{spell(value)}`" for value in schema["enum"])
    elif "anyOf" in schema:
        for choice in schema["anyOf"]:
            yield from _kinds(choice)
    elif isinstance(kind, list):
        for choice in kind:
            yield from _kinds({**schema, "type": choice})
    elif kind == "array":
        yield f"list of {' or '.join(_kinds(schema['items']))}"
    elif kind == "object":
        yield f"mapping to {' or '.join(_kinds(schema['additionalProperties']))}"
    else:
        yield _WORDS.get(kind, kind)


def _limits(field: Field) -> Iterator[str]:
    """Yield what is to be known of a key of a chain: its type and its default."""
    if is_list(field.kind) and item_type(field.kind) in KINDS:
        yield "a list"
    elif field.kind not in KINDS:
        yield describe_type(field.kind)
    if field.default is REQUIRED:
        yield "required"
    elif isinstance(field.default, KINDS):
        yield "optional"
    else:
        yield f"default `{spell(field.default)}`"


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in (head, ["---"] * len(head), *rows):
        cells = (cell.replace("|", r"\|") for cell in row)
        print(f"| {' | '.join(cells)} |")
    print()


def _code(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)

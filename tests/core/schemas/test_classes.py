"""Tests of the schemas of records and chains."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import jsonschema
import pytest
from attrs import evolve, field, frozen
from attrs.validators import ge, matches_re, min_len
from hypothesis import HealthCheck, given, settings
from tests.core.config.samples import CHAIN, make_registry, no_build, write_chain
from tests.core.config.test_fuzz import edit, edits

from copydesk.config.composition import Overrides
from copydesk.config.load import check, find_profiles
from copydesk.config.node import plain
from copydesk.config.reader import read
from copydesk.document import Document, Encoding, Entity, Language, Value
from copydesk.fault import Fault
from copydesk.item import Item
from copydesk.record import StepTrace, publish
from copydesk.schemas.chains import describe_config
from copydesk.schemas.classes import describe_record
from copydesk.spec import StepSpec


@frozen
class Nested:
    """Options inside options."""

    size: int
    """How big."""


@frozen
class ManyOptions:
    """Options of every sort."""

    nested: Nested = Nested(3)
    """What is inside."""
    least: int = field(default=5, validator=ge(5))
    """A bound."""
    code: str | None = field(default=None, validator=lambda *_: None)
    tag: str = field(default="a", validator=matches_re("[a-z]+"))
    workers: int | Literal["auto"] = "auto"
    names: tuple[str, ...] = field(default=("a",), validator=min_len(1))
    pair: tuple[int, str] = (1, "a")
    kinds: frozenset[str] = frozenset()
    by_name: dict[str, tuple[float, ...]] = field(factory=dict)
    path: Path = Path("a/b")
    old: bool = field(default=False, metadata={"deprecated": "use new"})
    odd: Any = object


REGISTRY = make_registry(
    StepSpec("many", ManyOptions, no_build), StepSpec("nested", Nested, no_build)
)
CONFIG = jsonschema.Draft202012Validator(describe_config(REGISTRY))
RECORD = jsonschema.Draft202012Validator(describe_record())


def is_valid(folder: Path, text: str) -> bool:
    """Return whether the schema accepts a chain."""
    return bool(CONFIG.is_valid(plain(read(write_chain(folder, text), []))))  # type: ignore[arg-type]


def lint(path: Path) -> list[Fault]:
    """Return the faults of a chain and of its profiles."""
    chosen = [Overrides(), *map(Overrides, find_profiles(path))]
    return [fault for each in chosen for fault in check(path, REGISTRY, overrides=each)]


@pytest.mark.parametrize("validator", [CONFIG, RECORD], ids=["config", "record"])
def test_schemas_are_schemas(validator: Any) -> None:
    """Each schema is one by the rules of its own dialect, and can be written as JSON."""
    jsonschema.Draft202012Validator.check_schema(validator.schema)

    assert validator.schema == json.loads(json.dumps(validator.schema))


VARIABLE = {"type": "string", "pattern": r"\$\{"}


def test_options() -> None:
    """Options are described with types, bounds, defaults and documentation.

    A variable of the environment may stand for any value.
    """
    definition = describe_config(REGISTRY)["$defs"]["step.many"]

    assert {
        "nested": {
            "$ref": "#/$defs/Nested", "description": "What is inside.", "default": {"size": 3},
        },
        "least": {
            "type": ["integer", "string"], "pattern": r"\$\{",
            "minimum": 5, "description": "A bound.", "default": 5,
        },
        "code": {"type": ["string", "null"], "default": None},
        "tag": {
            "anyOf": [{"type": "string", "pattern": "^(?:[a-z]+)$"}, VARIABLE], "default": "a",
        },
        "workers": {
            "anyOf": [
                {"type": ["integer", "string"], "pattern": r"\$\{"},
                {"anyOf": [{"enum": ["auto"]}, VARIABLE]},
            ],
            "default": "auto",
        },
        "names": {"type": "array", "items": {"type": "string"}, "minItems": 1, "default": ["a"]},
        "pair": {
            "type": "array", "prefixItems": [
                {"type": ["integer", "string"], "pattern": r"\$\{"}, {"type": "string"},
            ],
            "items": False, "minItems": 2, "default": [1, "a"],
        },
        "kinds": {
            "type": "array", "items": {"type": "string"}, "uniqueItems": True, "default": [],
        },
        "by_name": {
            "type": "object", "default": {},
            "additionalProperties": {
                "type": "array", "items": {"type": ["number", "string"], "pattern": r"\$\{"},
            },
        },
        "path": {"type": "string", "minLength": 1, "default": "a/b"},
        "old": {
            "type": ["boolean", "string"], "pattern": r"\$\{",
            "default": False, "deprecated": True,
        },
        "odd": {},
    } == definition["properties"]  # fmt: skip
    assert definition["additionalProperties"] is False
    assert "required" not in definition


def test_sample_is_valid(tmp_path: Path) -> None:
    """A chain without faults is valid."""
    assert is_valid(tmp_path, CHAIN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("copydesk: 1", "copydesk: 2"),
        ("copydesk: 1\n", ""),
        ("chain:", "chian:"),
        ("use: folder", "use: foldr"),
        ("path: articles", "pth: articles"),
        ("path: articles", "path: 3"),
        ("- encoding.chardet", "- encoding.chradet"),
        ("min_length: 40", "min_lenght: 40"),
        ("min_length: 40", "min_length: 4"),
        ("min_length: 40", "min_length: 1.9"),
        ("min_length: 40", "keep_links: no"),
        ("[PERSON]", "PERSON"),
        ("[PERSON]", "[PERSN]"),
        ("on_error: skip", "on_error: sip"),
        ("on_error: skip", "label: a.b"),
        ("timeout_seconds: 20", "timeout_seconds: 0"),
        ("- language.identify", "- nested"),
        ("- language.identify", "- {use: nested}"),
        ("- language.identify", "- {use: nested, options: {size: x}}"),
        ("- language.identify", "- {use: many, options: {nested: {}}}"),
        ("- language.identify", "- {use: many, options: {pair: [1]}}"),
        ("- language.identify", "- first: [language.identify]"),
        ("- language.identify", "- {first: [boilerplate.lines, x.y], label: b}"),
        ("- language.identify", "- {first: [{use: entities.names, on_error: skip}, many]}"),
        ("- language.identify", "- {first: [{first: [many, many]}, many]}"),
        ("labels: [PERSON]", "ratio: 0.5\n    options_by_language: {de: {min_length: 4}}"),
        ("on_error: skip", "options_by_language: {DE: {}}"),
        (
            "- language.identify",
            "- language.identify\n  - {use: many, options_by_language: {de: {least: 4}}}",
        ),
        (
            "- language.identify",
            "- language.identify\n  - {use: many, options_by_language: {de: {laest: 5}}}",
        ),
        ("store:", "profiles: {a: {timeout_seconds: x}}\nstore:"),
        ("store:", "profiles: {a: {copydesk: 1}}\nstore:"),
        ("store:", "profiles: {a: {source: {options: {path: 3}, use: folder}}}\nstore:"),
        ("store:", "profiles: {a: {change: [{remove: 3}]}}\nstore:"),
        ("store:", "include: 3\nstore:"),
        ("store:", "change: [{rename: x}]\nstore:"),
        ("store:", "change: [{remove: names, of: x}]\nstore:"),
        ("store:", "change: [{replace: names}]\nstore:"),
        ("store:", "change: [{replace: names, with: nested}]\nstore:"),
        ("store:", "change: [{options: 3, of: names}]\nstore:"),
    ],
)
def test_what_lint_refuses_the_schema_refuses(old: str, new: str, tmp_path: Path) -> None:
    """A mistake that needs no look at other lines is refused by lint and schema alike."""
    text = CHAIN.replace(old, new)

    assert not is_valid(tmp_path, text)
    assert lint(write_chain(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- language.identify", "- first: [language.identify, {use: many, label: b}]"),
        ("- language.identify",
         (
                "- language.identify\n"
                "  - {use: many, options_by_language: {de: {least: 6}, zh-Hant: {}}}"
            )),
        ("- language.identify",
         (
                "- language.identify\n"
                "  - {use: nested, options: {size: 3}, options_by_language: {de: {}}}"
            )),
        ("min_length: 40", "min_length: ${NONE:-40}"),
        ("[PERSON]", "['${NONE:-PERSON}']"),
        ("- language.identify", "- ${NONE:-language.identify}"),
        ("use: folder", "use: ${NONE:-folder}"),
        ("on_error: skip", "on_error: ${NONE:-skip}"),
        ("copydesk: 1", "copydesk: ${NONE:-1}"),
        ("store:", "change: [{remove: names}, {insert: many, after: lines}]\nstore:"),
        ("store:", "change: [{replace: lines, with: {use: many}}]\nstore:"),
        ("store:", "change: [{options: {min_length: 6}, of: lines}]\nstore:"),
        ("store:", ("profiles: {a: {source: {options: {path: articles}}, timeout_seconds: 3, "
                    "change: [{remove: names}]}}\nstore:")),
    ],
)  # fmt: skip
def test_what_puts_chains_together_is_valid(old: str, new: str, tmp_path: Path) -> None:
    """What changes a chain is accepted by lint and schema alike."""
    text = CHAIN.replace(old, new)

    assert [] == lint(write_chain(tmp_path, text))
    assert is_valid(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "include: chain.yaml\n",
        "include: [chain.yaml, chain.yaml]\nsource: {options: {path: articles}}\n",
        "include: chain.yaml\nexecutor: local\nchange: [{remove: names}]\n",
    ],
)
def test_what_lies_on_top_needs_little(text: str, tmp_path: Path) -> None:
    """A chain that includes another need not say what that one says."""
    write_chain(tmp_path)
    path = tmp_path / "top.yaml"
    path.write_text(text, encoding="utf-8")

    assert [] == check(path, REGISTRY)
    assert CONFIG.is_valid(plain(read(path, [])))  # type: ignore[arg-type]
    assert not CONFIG.is_valid(plain(read(path, [])) | {"source": {"optoins": {}}})  # type: ignore[arg-type, operator]


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
def test_what_lint_accepts_the_schema_accepts(changes: list[tuple[int, int, str]]) -> None:
    """No chain that works is refused by the schema."""
    text = edit(CHAIN, changes)
    with TemporaryDirectory() as name:
        faults = lint(write_chain(Path(name), text))

        assert [fault for fault in faults if fault.severity == "error"] or is_valid(
            Path(name), text
        )


def test_record_of_nothing_is_valid() -> None:
    """The record of an empty document is valid."""
    record = publish(Document(Item("a.txt"), sha256="0" * 64), (), "0" * 32)

    assert [] == list(RECORD.iter_errors(json.loads(record.to_json())))


def test_record_of_a_document_is_valid() -> None:
    """The record of a document that steps have filled is valid."""
    document = Document(Item("a.txt", modified=1.5), b"ab 6 $", "0" * 64)
    document = document.decoded("ab 6 $", Encoding("utf-8", "utf-8"))
    document = document.without([(0, 3)], "credit")
    document = evolve(
        document,
        language=Language("en"),
        entities=(Entity(0, 3, "6 $", "MONEY", value=Value(6, "USD")),),
        extra={"shout": {"marks": [1, {"a": None}]}},
    )
    trace = StepTrace("a.b", "b", "p", "1", "0" * 64, 0.1, "failed", "ValueError: x")

    assert [] == list(
        RECORD.iter_errors(json.loads(publish(document, (trace,), "0" * 32).to_json()))
    )


@pytest.mark.parametrize(
    "change",
    [
        {"text": None},
        {"more": 1},
        {"schema": "0.9"},
        {"languages": [{"start": 0}]},
        {"extra": {"shout": 3}},
        {"entities": [{"start": 0.5}]},
    ],
)
def test_other_records_are_refused(change: dict[str, Any]) -> None:
    """A record with something missing, added or of another type is refused."""
    record = json.loads(publish(Document(Item("a.txt")), (), "0" * 32).to_json())

    assert RECORD.is_valid(record)
    assert not RECORD.is_valid(record | change)


def test_every_field_of_a_record_is_documented() -> None:
    """Each property of the record's schema says what it is, and each must be there."""
    schema = describe_record()
    for part in (schema, *schema["$defs"].values()):
        assert list(part["properties"]) == part["required"]
        for name, described in part["properties"].items():
            assert described.get("description"), name

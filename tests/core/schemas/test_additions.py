"""The schema of records with what steps declare."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import frozen
from jsonschema import Draft202012Validator

from copydesk.api import NoOptions, StepSpec
from copydesk.registry import Offer
from copydesk.schemas.additions import describe_chain, describe_installed
from copydesk.schemas.classes import describe_record
from copydesk.testing import Desk

PLUGIN = '''
from attrs import evolve, frozen
from copydesk.api import Document, Entity, step


@frozen
class Words:
    """How long a text is."""

    count: int
    """Words."""
    longest: str | None = None
    """The longest word."""


@step("words", gives=("extra", "entities"), labels=("WORD",), extra={"words": Words})
def words(document: Document, *, label: str = "WORD", count: str | None = None) -> Document:
    """Counts words, and marks the first one."""
    found = (document.text or "").split()
    first = Entity(0, len(found[0]), found[0], label)
    document = evolve(document, entities=(first,))
    return document.with_extra("words", count=count or len(found))
'''
CHAIN = """
copydesk: 1
plugins: [./words.py]
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet, words]
store: {use: sqlite, options: {path: out.db}}
"""


@pytest.fixture
def words(desk: Desk) -> Desk:
    """Return a desk with a step that declares a label and a namespace."""
    (desk.folder / "words.py").write_text(PLUGIN, "utf-8")
    (desk.folder / "chain.yaml").write_text(CHAIN, "utf-8")
    (desk.folder / "articles").mkdir()
    (desk.folder / "articles/a.txt").write_text("The harbour is open", "utf-8")
    return desk


@frozen
class Value:
    """A class with the name of one of ours."""

    worth: int


def offer(**declared: Any) -> Offer:
    """Return the offer of a step that declares something."""
    build: Any = lambda _: None  # noqa: E731
    spec = StepSpec("x.it", NoOptions, build, gives=("entities", "removed", "extra"), **declared)
    return Offer("step", spec, "dist", "1", "module")


def test_without_declarations_the_fields_are_the_published_ones() -> None:
    """Steps that declare nothing add nothing to the schema."""
    published = describe_record()

    assert published["properties"] == describe_chain([offer()])["properties"]
    assert published["$defs"] == describe_installed([offer()])["$defs"]


def test_words_are_all_only_if_all_are_declared() -> None:
    """Labels and reasons of a chain are listed whole if every step that gives any declares them."""
    whole = describe_chain([offer(labels=("B",)), offer(labels=("A", "B"))])["$defs"]
    part = describe_chain([offer(labels=("B",)), offer()])["$defs"]

    assert ["A", "B"] == whole["Entity"]["properties"]["label"]["enum"]
    assert ["B"] == part["Entity"]["properties"]["label"]["examples"]
    assert "enum" not in part["Entity"]["properties"]["label"]
    assert "enum" not in whole["Removed"]["properties"]["reason"]


def test_class_with_the_name_of_ours() -> None:
    """A class of a plugin that is called like one of the record's own is kept apart from it."""
    schema = describe_installed([offer(extra={"mine": Value})])
    name = schema["properties"]["extra"]["properties"]["mine"]["$ref"].rpartition("/")[2]

    assert "Value" != name
    assert {"worth"} == set(schema["$defs"][name]["properties"])
    assert "currency" in schema["$defs"]["Value"]["properties"]


def test_namespace_of_two_steps() -> None:
    """A namespace for which two steps have other classes may be as either."""
    (one, two) = offer(extra={"mine": Value}), offer(extra={"mine": NoOptions})
    schema = describe_installed([one, two, one])

    assert 2 == len(schema["properties"]["extra"]["properties"]["mine"]["anyOf"])


def test_records_of_a_chain_are_valid(words: Desk) -> None:
    """What a chain makes is valid by its own schema, which a wrong namespace is not."""
    words.run("chain.yaml")
    (record,) = words.records().values()
    printed = words.copydesk("schema", "record", "--config", "chain.yaml").stdout
    validator = Draft202012Validator(json.loads(printed))

    assert [] == list(validator.iter_errors(record))
    assert {"count": 4} == record["extra"]["words"]
    record["extra"]["words"] = {"count": "four"}
    assert not validator.is_valid(record)
    record["extra"] = {}
    record["entities"][0]["label"] = "WERD"
    assert not validator.is_valid(record)


@pytest.mark.parametrize(
    ("options", "words_of_it"),
    [
        ("{label: WERD}", "gives entities with the label 'WERD'"),
        ("{count: four}", "gives extra.words that it has not: Expected `int`, got `str`"),
    ],
)
def test_broken_promise_is_quarantined(words: Desk, options: str, words_of_it: str) -> None:
    """A document for which a step gives what it did not declare waits in quarantine."""
    chain = CHAIN.replace(" words]", f" {{use: words, options: {options}}}]")
    (words.folder / "chain.yaml").write_text(chain, "utf-8")

    assert 1 == words.run("chain.yaml")["quarantined"]
    listed = words.copydesk("quarantine", "list", "--store", "out.db", "--json").stdout
    assert words_of_it in json.loads(listed)[0]["reason"]


def test_published_schema_stays(words: Desk) -> None:
    """Without a word more, the schema is the published one, which no plugin changes."""
    printed = json.loads(words.copydesk("schema", "record").stdout)

    assert describe_record() == printed
    assert "$id" not in json.loads(words.copydesk("schema", "record", "--installed").stdout)


def test_declarations_are_shown(words: Desk) -> None:
    """`plugins show` tells what a step declares, in words and as JSON."""
    shown = words.copydesk("plugins", "show", "words", "--config", "chain.yaml").stdout
    plain = json.loads(
        words.copydesk("plugins", "show", "words", "--config", "chain.yaml", "--json").stdout
    )

    assert "  labels   WORD\n" in shown
    assert "  extra    words.count, words.longest\n" in shown
    assert (["WORD"], ["words.count", "words.longest"]) == (plain["labels"], plain["extra"])

"""Tests of laying one chain on top of another."""

from __future__ import annotations

import pytest
from tests.core.config.samples import ORIGIN

from copydesk.config.layer import lay
from copydesk.config.node import Table, plain
from copydesk.config.reader import parse


def read(text: str) -> Table:
    """Return a mapping in YAML."""
    node = parse(text, ORIGIN, [])
    assert isinstance(node, Table)
    return node


@pytest.mark.parametrize(
    ("over", "base", "expected"),
    [
        ("a: 2", "{a: 1, b: 1}", {"a": 2, "b": 1}),
        ("c: 3", "a: 1", {"a": 1, "c": 3}),
        ("chain: [x]", "chain: [y, z]", {"chain": ["x"]}),
        ("plugins: [x.py]", "plugins: [y.py]", {"plugins": ["y.py", "x.py"]}),
        (
            "plugins: {block: [a], allow: []}",
            "plugins: [y.py]",
            {"plugins": {"files": ["y.py"], "block": ["a"], "allow": []}},
        ),
        (
            "plugins: [x.py]",
            "plugins: {files: [y.py], block: [b]}",
            {"plugins": {"files": ["y.py", "x.py"], "block": ["b"]}},
        ),
        ("plugins: {block: [a]}", "plugins: {block: [b]}", {"plugins": {"block": ["b", "a"]}}),
        ("plugins: 3", "plugins: [y.py]", {"plugins": 3}),
        ("store: {options: {b: 2}}", "store: {use: sqlite, options: {a: 1, b: 1}}",
         {"store": {"use": "sqlite", "options": {"a": 1, "b": 2}}}),
        ("store: {use: sqlite, options: {b: 2}}", "store: {use: sqlite, options: {a: 1}}",
         {"store": {"use": "sqlite", "options": {"a": 1, "b": 2}}}),
        ("store: {use: jsonl, options: {b: 2}}", "store: {use: sqlite, options: {a: 1}}",
         {"store": {"use": "jsonl", "options": {"b": 2}}}),
        ("store: jsonl", "store: {use: sqlite, options: {a: 1}}", {"store": "jsonl"}),
        ("store: {options: {b: 2}}", "store: sqlite",
         {"store": {"use": "sqlite", "options": {"b": 2}}}),
        ("store: {options: {names: {de: x}}}", "store: {use: s, options: {names: {fr: y}}}",
         {"store": {"use": "s", "options": {"names": {"fr": "y", "de": "x"}}}}),
        ("profiles: {a: {x: 1}}", "profiles: {b: {x: 2}}",
         {"profiles": {"b": {"x": 2}, "a": {"x": 1}}}),
    ],
)  # fmt: skip
def test_lay(over: str, base: str, expected: object) -> None:
    """Keys override; options of the same plugin are joined, and plugins added up."""
    assert expected == plain(lay(read(over), read(base)))


def test_nodes_keep_their_places() -> None:
    """A value stays where it was written."""
    laid = lay(read("\nb: 2"), read("a: 1"))
    places = [str(entry.value.place) for entry in laid.entries]

    assert ["chain.yaml:1:4", "chain.yaml:2:4"] == places

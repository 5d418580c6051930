"""Tests of the words for syntax errors."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.config.samples import ORIGIN
from tests.core.config.test_reader import PARSERS

from copydesk.config.reader import parse
from copydesk.fault import Fault, Place


@pytest.mark.parametrize("loader", PARSERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '- use: x\n  when: "MONEY" in document.labels  # so\n  label: y',
            (
                "2:17: text after a closing quote; "
                "quote the whole value: '\"MONEY\" in document.labels'"
            ),
        ),
        (
            "{use: x, when: 'a' in document.labels}",
            "1:20: text after a closing quote; quote the whole value: '''a'' in document.labels'",
        ),
        ("a:\n\tb: 1", "2:1: a tab; indent with spaces"),
        ("a:\n  b: 1\n\tc: 2", "3:1: a tab; indent with spaces"),
        ("a: @x", "1:4: a value cannot begin with '@'; quote it"),
        ("a: `x`", "1:4: a value cannot begin with '`'; quote it"),
        ("a: *.txt", "1:4: '*' has a meaning in YAML here; quote the value"),
        ("a: | x", "1:4: '|' has a meaning in YAML here; quote the value"),
        (
            'when: document.uri == "a: b"',
            "1:25: a second ': ' in one value; quote the whole value",
        ),
        (
            "use:folder\nchain: x",
            "2:6: the line above, 'use:folder', has no space after its ':' or '-'; add it",
        ),
        (
            "use = folder\nchain: x",
            "2:6: the line above, 'use = folder', has a '=' for its ':'; write ': '",
        ),
        ("a: b\n  c: d", "2:4: a key where the value above goes on; check the indentation"),
        ("[::std]", "1:2: a value cannot begin with ':' here; quote it"),
        ("a: - b", "1:4: a list begins on a line of its own; move '- ' to the next"),
        ("- a\n-b\n", "2:1: neither 'key: value' nor '- item'; put a space after ':' or '-'"),
        ("a: 'x\nb: 3\n", "1:4: the quote that opens here is not closed; close it"),
        (
            "{path: ${X:-a}}",
            "1:9: '${...}' inside { } or [ ] is cut at its braces; quote it",
        ),
        (
            "a: [1, 2\nb: 3\n",
            (
                "2:2: ',' or ']' is missing for the '[' of line 1, or a value here needs quotes; "
                "add it"
            ),
        ),
        ("a: !<x", "1:4: '!' begins a tag, which is not supported; quote the whole value"),
        ("a: !x!y z", "1:4: '!' begins a tag, which is not supported; quote the whole value"),
        ("a: [\n", "1:5: the file ends inside a '[' or '{'; close it"),
        (
            "a:\n  b: 1\n c: 2\n",
            "3:2: this does not belong to the lines above; check the indentation",
        ),
    ],
)
def test_words(text: str, message: str, loader: type[Any]) -> None:
    """A syntax error is told at its place, with what to do, by either parser."""
    faults: list[Fault] = []

    assert parse(text, ORIGIN, faults, loader) is None
    assert [f"chain.yaml:{message}"] == [str(fault) for fault in faults]


def test_unknown_escape() -> None:
    """A Windows path in double quotes is explained."""
    faults: list[Fault] = []
    parse('path: "C:\\news"', ORIGIN, faults)
    parse('path: "C:\\quotes"', ORIGIN, faults)

    assert ["an unknown escape in double quotes; write \\\\ or use single quotes"] == [
        fault.message for fault in faults
    ]


@pytest.mark.parametrize("loader", PARSERS, ids=lambda loader: loader.__name__)
def test_other_errors(loader: type[Any]) -> None:
    """What has no words of ours is told in those of the parser."""
    faults: list[Fault] = []
    parse("--- a\n...\nb", ORIGIN, faults, loader)

    assert [Place(ORIGIN, 3, 1)] == [fault.place for fault in faults]
    assert faults[0].message in {
        "not YAML (did not find expected <document start>); check quotes and indentation",
        (
            "not YAML (expected '<document start>', but found '<scalar>'); "
            "check quotes and indentation"
        ),
    }

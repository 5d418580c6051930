"""Tests of reading YAML with places."""

from __future__ import annotations

import math
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from tests.core.config.samples import ORIGIN

from copydesk.config.node import Listing, Node, Scalar, Table, plain
from copydesk.config.reader import parse, read
from copydesk.fault import Fault

PARSERS = [yaml.Loader, *([yaml.CLoader] if hasattr(yaml, "CLoader") else [])]


@pytest.fixture(params=PARSERS, ids=lambda loader: loader.__name__)
def loader(request: pytest.FixtureRequest) -> type[Any]:
    """Return each parser of PyYAML in turn: users may have either."""
    parser: type[Any] = request.param
    return parser


def parse_well(text: str, loader: type[Any]) -> Any:
    """Return what a text without faults holds."""
    faults: list[Fault] = []
    node = parse(text, ORIGIN, faults, loader)
    assert [] == faults
    assert node is not None
    return plain(node)


def find_faults(text: str, loader: type[Any] = PARSERS[-1]) -> list[str]:
    """Return the faults of a text."""
    faults: list[Fault] = []
    parse(text, ORIGIN, faults, loader)
    return [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nUll", "nUll"),
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5E-2", -0.015),
        ("-.inf", -math.inf),
        ("12:30:45", "12:30:45"),
        ("2024-11-30", "2024-11-30"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("1.2.3", "1.2.3"),
        ("=", "="),
        ("0o8", "0o8"),
    ],
)
def test_core_schema(written: str, value: object, loader: type[Any]) -> None:
    """An unquoted text means what the core schema of YAML 1.2 says."""
    found = parse_well(f"key: {written}", loader)["key"]

    assert value == found
    assert type(value) is type(found)


def test_nan(loader: type[Any]) -> None:
    """`.nan` is the number that is none."""
    assert math.isnan(parse_well("key: .nan", loader)["key"])


def test_places(loader: type[Any]) -> None:
    """Every key, value and item knows its line and column in code points."""
    text = '"😀": 😀\n中文: [a, 😀, {b: c}]\nlist:\n  - x\n  -   y\n'
    node = parse(text, ORIGIN, [], loader)

    assert {
        "😀": ["1:1", "1:6"],
        "中文": ["2:1", "2:5", "2:6", "2:9", "2:12", "2:13", "2:16"],
        "list": ["3:1", "4:3", "4:5", "5:7"],
    } == {
        str(entry.key.value): [where(entry.key), *walk(entry.value)]
        for entry in (node.entries if isinstance(node, Table) else ())
    }


def walk(node: Node) -> list[str]:
    """Return the places of a node and of all that is in it."""
    if isinstance(node, Scalar):
        return [where(node)]
    if isinstance(node, Listing):
        return [where(node), *(place for item in node.nodes for place in walk(item))]
    inside = [p for entry in node.entries for p in (where(entry.key), *walk(entry.value))]
    return [where(node), *inside]


def where(node: Node) -> str:
    """Return line and column."""
    return f"{node.place.line}:{node.place.column}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", "3:1: the key 'a' is already set in line 1; remove one"),
        ("a: !x 1", "1:4: the tag '!x' is not supported; remove it, or quote the whole value"),
        ("a: !!x 1", "1:4: the tag '!!x' is not supported; remove it, or quote the whole value"),
        ("a: 1\n---\n", "2:1: a second document; a file holds one chain, so remove the '---'"),
        ("a: &x [*x]", "1:8: '*x' stands for something that contains it; remove it"),
        (
            "a: *x",
            "1:4: '*x' stands for an anchor '&x' that is not set before it; quote it if it is text",
        ),
        ("a: &x 1\nb: &x 2", "2:4: the anchor '&x' is set twice; rename one"),
        ("1: a", "1:1: the key 1 is not text; quote it"),
        ("?\n: a", "1:2: the key is empty; quote it"),
        ("[a]: b", "1:1: a key must be text, not a list or a mapping; quote it"),
        ("", "1:1: the file is empty; begin with 'copydesk: 1'"),
        ("# nothing", "1:1: the file is empty; begin with 'copydesk: 1'"),
        (
            "%YAML 1.1\n---\na: 1",
            "1:1: files are read as YAML 1.2; remove the line that begins with %",
        ),
        ("a: \x07", '1:4: the character U+0007 is not allowed; write it as an escape in ""'),
        ("\na: x\u2028", '2:5: the character U+2028 is not allowed; write it as an escape in ""'),
        ("a: " + "9" * 5000, "1:4: a number of thousands of digits; quote it if it is text"),
        ("[" * 20_000, "1:65: more than 64 levels deep; make it flatter"),
    ],
)
def test_refusals(text: str, message: str, loader: type[Any]) -> None:
    """What could mislead or harm is refused, with its place."""
    assert [f"chain.yaml:{message}"] == find_faults(text, loader)


@pytest.mark.parametrize("text", ['a: "\\ud800"', 'a: "\\U00110000"'])
def test_escapes_that_are_no_characters(text: str, loader: type[Any]) -> None:
    """An escape that is no character is refused by either parser."""
    (fault,) = find_faults(text, loader)

    assert fault.partition(": ")[2] in {
        "an escape here is half of a surrogate pair; write \\U instead",
        "an escape here is no Unicode character; mend it",
        "an unknown escape in double quotes; write \\\\ or use single quotes",
    }


def test_duplicates_do_not_end_the_reading(loader: type[Any]) -> None:
    """Each duplicate key of a file is told, and the first one counts."""
    faults: list[Fault] = []
    node = parse("a: 1\na: 2\nb: {c: 1, c: 2}", ORIGIN, faults, loader)

    assert node is not None
    assert {"a": 1, "b": {"c": 1}} == plain(node)
    assert ["2:1", "3:11"] == [f"{f.place.line}:{f.place.column}" for f in faults]


def test_alias_bomb_is_refused_at_once() -> None:
    """A file whose aliases unfold to billions of values costs no time."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    begun = process_time()

    assert ["chain.yaml:6:25: aliases unfold to over 100,000 values; use fewer"] == find_faults(
        "\n".join(lines)
    )
    assert process_time() - begun < 1


def test_aliases_stand_for_their_anchors(loader: type[Any]) -> None:
    """An alias is the value of its anchor."""
    assert {"a": {"k": 1}, "b": {"k": 1}} == parse_well("a: &x {k: 1}\nb: *x", loader)


def test_merge_keys(loader: type[Any]) -> None:
    """A merge is told, and what it brings is there, so that no more is told; in quotes it is text.

    Keys of the mapping's own win, wherever they stand.
    """
    faults: list[Fault] = []
    node = parse("a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n", ORIGIN, faults, loader)

    assert [
        (
            "chain.yaml:2:5: '<<' merges mappings in YAML 1.1, and is no part of 1.2; "
            "write out the keys, or use 'include' and 'change'"
        )
    ] == [str(fault) for fault in faults]
    assert node is not None
    assert {"a": {"k": 1, "l": 2}, "b": {"l": 3, "k": 1}} == plain(node)
    assert {"<<": 1} == parse_well('"<<": 1', loader)


def test_line_ends(loader: type[Any]) -> None:
    """Files from Windows and a byte order mark are read as any other."""
    assert {"a": 1, "b": 2} == parse_well("a: 1\r\nb: 2\r\n", loader)


def test_byte_order_mark(tmp_path: Path) -> None:
    """A byte order mark moves no column."""
    path = tmp_path / "chain.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: [")
    faults: list[Fault] = []
    read(path, faults)

    assert [1] == [fault.place.line for fault in faults]
    assert faults[0].place.column <= 5


def test_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is refused at the first byte that is not UTF-8."""
    path = tmp_path / "chain.yaml"
    path.write_bytes("a: é\nb: 中é".encode() + b"\xe9\n")
    faults: list[Fault] = []

    assert read(path, faults) is None
    assert [f"{path}:2:6: the byte 0xe9 is not UTF-8; save the file as UTF-8"] == [
        str(fault) for fault in faults
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.yaml", "cannot be read: no such file or directory; check the path"),
        (".", "cannot be read: is a directory; check the path"),
    ],
)
def test_unreadable(name: str, message: str, tmp_path: Path) -> None:
    """A file that is missing or a folder is a fault, not a traceback."""
    faults: list[Fault] = []

    assert read(tmp_path / name, faults) is None
    assert [message] == [fault.message for fault in faults]


def test_large_files_are_not_read(tmp_path: Path) -> None:
    """A file of many megabytes is not taken for a chain."""
    path = tmp_path / "news.db"
    path.write_bytes(b"a" * 4_000_001)
    faults: list[Fault] = []

    assert read(path, faults) is None
    assert ["larger than 4,000,000 bytes; is it a chain?"] == [f.message for f in faults]
    assert str(path) == str(faults[0].place)

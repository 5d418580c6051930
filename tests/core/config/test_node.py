"""Tests of nodes."""

from __future__ import annotations

import pytest
from tests.core.config.samples import ORIGIN, PLACE

from copydesk.config.node import Listing, Scalar, Table, describe, shorten
from copydesk.config.reader import parse


def read_value(written: str) -> Scalar:
    """Return the value of `key: written`."""
    node = parse(f"key: {written}", ORIGIN, [])
    value = node.get("key") if isinstance(node, Table) else None
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize(
    ("written", "offset", "column"),
    [
        ("abc", 2, 8),
        ("'it''s x'", 5, 13),
        ('"a\\"b\\u00e9 x"', 5, 18),
        ('"😀 x"', 2, 9),
        ("&a abc", 2, 11),
    ],
)
def test_places_inside(written: str, offset: int, column: int) -> None:
    """A character of a text is found in the file, through quotes and escapes."""
    value = read_value(written)
    line = f"key: {written}"
    shown = str(value.value)[offset]

    assert column == value.inside(offset).column
    assert shown == line[column - 1]


@pytest.mark.parametrize(
    ("written", "offset", "place"),
    [
        ("|\n  a\n  bc", 3, "3:4"),
        (">- # so\n  a\n\n  bc\n", 2, "4:3"),
        ("a\n  bc", 3, "2:4"),
        ("a\n  b", 9, "2:4"),
        ("'a\n  b'", 2, "1:6"),
        ("''", 0, "1:7"),
    ],
)
def test_places_inside_of_many_lines(written: str, offset: int, place: str) -> None:
    """A character of a text over several lines is found; in quotes only the text is."""
    found = read_value(written).inside(offset)

    assert place == f"{found.line}:{found.column}"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.90", "the number 1.90"),
        ("true", "true"),
        ("~", "nothing"),
        ("x" * 50, f"'{'x' * 37}...'"),
    ],
)
def test_describe(written: str, words: str) -> None:
    """A message shows a value as it is written, and not at length."""
    assert words == describe(read_value(written))


def test_describe_collections() -> None:
    """Lists and mappings are not shown in messages."""
    assert ("a list", "a mapping") == (describe(Listing((), PLACE)), describe(Table((), PLACE)))


def test_shorten() -> None:
    """A text of several lines is shown on one."""
    assert "a b" == shorten("a\n\t b")


def test_replace() -> None:
    """Replacing a key keeps the others and leaves the old table alone."""
    before = Table((), PLACE).replace("a", Scalar(1, PLACE)).replace("b", Scalar(2, PLACE))
    after = before.replace("a", Scalar(3, PLACE))

    assert Scalar(3, PLACE) == after.get("a")
    assert Scalar(2, PLACE) == after.get("b")
    assert Scalar(1, PLACE) == before.get("a")
    assert 2 == len(after.entries)

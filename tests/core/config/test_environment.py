"""Tests of the environment's variables in values."""

from __future__ import annotations

import pytest
from tests.core.config.samples import ORIGIN

from copydesk.config.environment import fill
from copydesk.config.node import Table, describe, plain
from copydesk.config.reader import parse
from copydesk.fault import Fault

ENVIRONMENT = {
    "NAME": "news", "COUNT": "40", "EMPTY": "", "ODD": "a: [b, 'c",
    "BROKEN": "a\udc80", "LONG": "9" * 5000,
}  # fmt: skip


def fill_value(written: str, faults: list[Fault] | None = None) -> Table:
    """Return `key: written` with variables."""
    node = parse(f"key: {written}", ORIGIN, [])
    assert node is not None
    filled = fill(node, ENVIRONMENT, [] if faults is None else faults)
    assert isinstance(filled, Table)
    return filled


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("${NAME}", "news"),
        ("a/${NAME}-${NAME}.db", "a/news-news.db"),
        ("${COUNT}", 40),
        ("${COUNT}0", 400),
        ('"${COUNT}"', "40"),
        ("'${COUNT}'", "40"),
        ("${EMPTY}", None),
        ('"${EMPTY}"', ""),
        ("${NONE:-x}", "x"),
        ("${NONE:-true}", True),
        ("${EMPTY:-x}", "x"),
        ("${NAME:-x}", "news"),
        ("${NONE:-}", None),
        ("$${NAME}", "${NAME}"),
        ("$$${NAME}", "$${NAME}"),
        ("$NAME ${ODD}", "$NAME a: [b, 'c"),
        ("${LONG}", "9" * 5000),
        ("price $5", "price $5"),
        ("|\n  ${COUNT}\n", "40\n"),
    ],
)
def test_values(written: str, value: object) -> None:
    """A reference stands for its variable; without quotes the whole is read as YAML."""
    assert {"key": value} == plain(fill_value(written))


def test_keys_stay() -> None:
    """Keys are never filled, values in lists and mappings are."""
    node = parse("'${NAME}': [{'${NAME}': '${NAME}'}]", ORIGIN, [])
    assert node is not None

    assert {"${NAME}": [{"${NAME}": "news"}]} == plain(fill(node, ENVIRONMENT, []))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("a ${NONE}",
         ("1:8: the environment variable 'NONE' is not set; "
          "set it, or give a default: ${NONE:-...}")),
        ("a ${1x} b", ("1:8: '${1x} b' does not begin with ${NAME} or ${NAME:-default}; "
                       "mend it, or write $${ for a plain ${")),
        ("${NAME", ("1:6: '${NAME' does not begin with ${NAME} or ${NAME:-default}; "
                    "mend it, or write $${ for a plain ${")),
        ("${BROKEN}", "1:6: the environment variable 'BROKEN' is not UTF-8; set it anew"),
    ],
)  # fmt: skip
def test_faults(written: str, message: str) -> None:
    """What cannot be filled is told at its character, once."""
    faults: list[Fault] = []
    value = fill_value(written, faults).get("key")

    assert [f"chain.yaml:{message}"] == [str(fault) for fault in faults]
    assert value is not None
    assert getattr(value, "is_told", False)


def test_origin_of_values() -> None:
    """A value that was filled knows from what, and numbers are shown as they came out."""
    value = fill_value("${COUNT}${NONE:-0}${COUNT}").get("key")
    assert value is not None

    assert "environment ${COUNT}, default of ${NONE}" == value.place.via
    assert "the number 40040" == describe(value)

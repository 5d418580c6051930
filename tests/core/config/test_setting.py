"""Tests of values that the command line sets."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.config.samples import ORIGIN

from copydesk.config.node import Table, plain
from copydesk.config.reader import parse
from copydesk.config.setting import apply_setting
from copydesk.fault import Fault

CHAIN = """\
source: folder
chain:
  - encoding.chardet
  - {use: boilerplate.lines, label: clean, when: a, options: {min_length: 40}}
  - first: [a.one, {use: a.two, options: {deep: {er: 1}}}]
    label: article
store: {use: sqlite, options: {path: out.db}}
timeout_seconds: 60
"""


def apply(setting: str, faults: list[Fault] | None = None) -> Any:
    """Return the chain with a setting."""
    root = parse(CHAIN, ORIGIN, [])
    assert isinstance(root, Table)
    return plain(apply_setting(root, setting, [] if faults is None else faults))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("timeout_seconds=5", 5),
        ("timeout_seconds=1e3", 1000.0),
        ("timeout_seconds=", None),
        ("timeout_seconds='5'", "5"),
        ("timeout_seconds=no", "no"),
        ("timeout_seconds=[a, {b: c}]", ["a", {"b": "c"}]),
        ('timeout_seconds=a == "b"', 'a == "b"'),
    ],
)
def test_values(setting: str, value: object) -> None:
    """A value is read as YAML 1.2 reads it."""
    assert value == apply(setting)["timeout_seconds"]


def test_paths() -> None:
    """A path goes by keys and by the labels of steps, and opens what is written short."""
    assert {"use": "folder", "options": {"path": "x"}} == apply("source.options.path=x")["source"]
    assert {"path": "x", "wal": True} == {
        **apply("store.options.wal=true")["store"]["options"], "path": "x",
    }  # fmt: skip
    assert {"min_length": 9} == apply("chain.clean.options.min_length=9")["chain"][1]["options"]
    assert "b" == apply("chain.clean.when=b")["chain"][1]["when"]
    assert {"use": "encoding.chardet", "options": {"x": {"y": 1}}} == (
        apply("chain.chardet.options.x.y=1")["chain"][0]
    )
    assert {"er": 2} == apply("chain.two.options.deep.er=2")["chain"][2]["first"][1]["options"][
        "deep"
    ]
    assert "c" == apply("chain.article.when=c")["chain"][2]["when"]
    assert "a.three" == apply("chain.clean=a.three")["chain"][1]
    assert ["x"] == apply("chain=[x]")["chain"]
    assert {"x": 1} == apply("new.x=1")["new"]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("chain.claen.when=x", ("chain.claen.when: no step is labelled 'claen'; "
                               "did you mean 'clean'?")),
        ("chain.clean.when.x=1", ("chain.clean.when.x: 'when' is 'a', which has no 'x'; "
                                 "set it whole")),
        ("timeout_seconds.x=1", ("timeout_seconds.x: 'timeout_seconds' is the number 60, "
                                "which has no 'x'; set it whole")),
        ("chain.article.first.one=1", ("chain.article.first.one: 'first' is a list, "
                                      "which has no 'one'; set it whole")),
        ("timeout_seconds", ("timeout_seconds: 'timeout_seconds' has no '='; "
                            "write PATH=VALUE, such as chain.LABEL.options.OPTION=VALUE")),
        ("a..b=1", ("a..b: 'a..b=1' is no path of keys; "
                   "write PATH=VALUE, such as chain.LABEL.options.OPTION=VALUE")),
        ("=1", (": '=1' is no path of keys; "
               "write PATH=VALUE, such as chain.LABEL.options.OPTION=VALUE")),
        ("include=a", ("include: 'include' is done before anything is set; "
                      "set what comes out of it instead, or edit the file")),
        ("timeout_seconds=[1", ("timeout_seconds: ',' or ']' is missing for the '[' of line 1, "
                               "or a value here needs quotes; add it")),
        ("timeout_seconds=\0", ("timeout_seconds: the character U+0000 is not allowed; "
                               'write it as an escape in ""')),
    ],
)  # fmt: skip
def test_faults(setting: str, message: str) -> None:
    """What cannot be set is told, and the chain stays."""
    faults: list[Fault] = []

    assert plain(parse(CHAIN, ORIGIN, [])) == apply(setting, faults)  # type: ignore[arg-type]
    assert [f"--set {message}"] == [str(fault) for fault in faults]
    assert [0] == [fault.place.line for fault in faults]


def test_very_long_paths() -> None:
    """A path of thousands of keys is refused, as files that deep are."""
    faults: list[Fault] = []
    apply(f"{'.'.join('a' * 5000)}=1", faults)

    assert ["is no path of keys"] == [str(fault)[-80:-62] for fault in faults] or faults


def test_keys_of_values_have_the_place() -> None:
    """An unknown key inside a value is told at the setting."""
    root = parse(CHAIN, ORIGIN, [])
    assert isinstance(root, Table)
    source = apply_setting(root, "source={use: x, optoins: {}}", []).get("source")
    assert isinstance(source, Table)

    assert ["--set source"] * 2 == [str(entry.key.place) for entry in source.entries]

"""Tests of changing the steps of a chain that lies below."""

from __future__ import annotations

import pytest
from tests.core.config.samples import ORIGIN

from copydesk.config.change import change_steps
from copydesk.config.node import Listing, plain
from copydesk.config.reader import parse
from copydesk.fault import Fault

CHAIN = "[encoding.chardet, {use: a.lines, label: x, options: {o: 1}}, {first: [b.one, b.two]}]"
LINES = {"use": "a.lines", "label": "x", "options": {"o": 1}}
FIRST = {"first": ["b.one", "b.two"]}


def read(text: str) -> Listing:
    """Return a list in YAML."""
    node = parse(text, ORIGIN, [])
    assert isinstance(node, Listing)
    return node


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("{replace: x, with: c}", ["encoding.chardet", "c", FIRST]),
        ("{remove: chardet}", [LINES, FIRST]),
        ("{insert: c, before: x}", ["encoding.chardet", "c", LINES, FIRST]),
        ("{insert: {use: c}, after: x}", ["encoding.chardet", LINES, {"use": "c"}, FIRST]),
        ("{options: {p: 2}, of: x}",
         ["encoding.chardet", LINES | {"options": {"o": 1, "p": 2}}, FIRST]),
        ("{options: {p: 2}, of: chardet}",
         [{"use": "encoding.chardet", "options": {"p": 2}}, LINES, FIRST]),
        ("{remove: first}", ["encoding.chardet", LINES]),
        ("{remove: two}", ["encoding.chardet", LINES, {"first": ["b.one"]}]),
        ("{insert: c, after: one}",
         ["encoding.chardet", LINES, {"first": ["b.one", "c", "b.two"]}]),
    ],
)  # fmt: skip
def test_changes(change: str, expected: object) -> None:
    """Each change does what it says to the step of that label, inside `first` too."""
    faults: list[Fault] = []

    assert expected == plain(change_steps(read(CHAIN), read(f"[{change}]"), faults))
    assert [] == faults


def test_changes_are_made_in_order() -> None:
    """A change sees what the ones before it made."""
    changes = read("[{insert: {use: c, label: new}, after: x}, {replace: new, with: d}]")

    assert ["encoding.chardet", LINES, "d", FIRST] == plain(change_steps(read(CHAIN), changes, []))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("{remove: chardt}", "1:11: no step is labelled 'chardt'; did you mean 'chardet'?"),
        ("{remove: zzz}", ("1:11: no step is labelled 'zzz'; the labels are chardet, first, one, "
                           "two, x")),
        ("{replace: x}", ("1:2: the key 'with' of a change with 'replace' is missing; add it: "
                         "the step that comes")),
        ("{remove: 3}", '1:11: remove: found the number 3; give text, quoted: "3"'),
        ("{remove: x, of: x}", ("1:14: unknown key 'of' of a change with 'remove'; "
                               "the keys are remove")),
        ("{insert: c}", ("1:2: a change with 'insert' needs one place; "
                        "give the label of 'before' or of 'after'")),
        ("{insert: c, before: x, after: x}", ("1:2: a change with 'insert' needs one place; "
                                             "give the label of 'before' or of 'after'")),
        ("{fill: x}", ("1:3: unknown change 'fill'; "
                      "the changes are insert, options, remove, replace")),
        ("{replce: x}", "1:3: unknown change 'replce'; did you mean 'replace'?"),
        ("remove", ("1:2: change: found 'remove'; "
                   "give a mapping with 'replace', 'insert', 'remove' or 'options'")),
    ],
)  # fmt: skip
def test_wrong_changes(change: str, message: str) -> None:
    """A change that is wrong is told where it is, with what to do."""
    faults: list[Fault] = []
    change_steps(read(CHAIN), read(f"[{change}]"), faults)

    assert [f"chain.yaml:{message}"] == [str(fault) for fault in faults]

"""Tests of reading a chain's own tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.config.cases import read_cases
from copydesk.config.node import Listing
from copydesk.config.reader import parse
from copydesk.expectations.case import Case
from copydesk.fault import Fault, Origin


def read(text: str, folder: Path = Path()) -> tuple[tuple[Case, ...], list[str]]:
    """Return the tests that a list in YAML states, and what is wrong with it."""
    faults: list[Fault] = []
    node = parse(text, Origin("c.yaml", folder), faults)
    assert isinstance(node, Listing)
    return read_cases(node.nodes, faults), [str(fault) for fault in faults]


def test_whole_case(tmp_path: Path) -> None:
    """A test knows its document, its expectations in order, and the place of each."""
    (tmp_path / "a.txt").write_text("a")
    (case,), faults = read(
        "- item: a.txt\n"
        "  expect:\n"
        "    language: {code: no, confidence: {at_least: 1, at_most: 1.0}}\n"
        "    entities.0.label: PERSON\n"
        "  snapshot: a.json\n",
        tmp_path,
    )

    assert [] == faults
    assert ("a.txt", tmp_path / "a.txt", tmp_path / "a.json") == (
        case.name, case.item, case.snapshot,
    )  # fmt: skip
    assert [
        (("language", "code"), "equals", "no", "c.yaml:3:22"),
        (("language", "confidence"), "at_least", 1.0, "c.yaml:3:49"),
        (("language", "confidence"), "at_most", 1.0, "c.yaml:3:61"),
        (("entities", "0", "label"), "equals", "PERSON", "c.yaml:4:23"),
    ] == [
        (each.path, each.operator.name, each.wanted, str(each.place)) for each in case.expectations
    ]


def test_inline_text() -> None:
    """A text is named by its beginning, and is plain text unless it says otherwise."""
    (plain, page), faults = read(
        "- {text: 'a\n  b', expect: {text: a b}}\n"
        "- {text: <p>, media_type: text/html, name: x, expect: {outcome: dropped}}"
    )

    assert [] == faults
    assert ("a b", "a b", "text/plain", "done") == (
        plain.name, plain.text, plain.media_type, plain.outcome,
    )  # fmt: skip
    assert ("x", "text/html", "dropped") == (page.name, page.media_type, page.outcome)


def test_what_plugins_add() -> None:
    """Below `extra` a mapping names fields, unless it has operators."""
    (case,), faults = read(
        "- {text: a, expect: {extra: {shout: {marks: 3, mood: {lacks: x}}, is.loud: true}}}"
    )

    assert [] == faults
    assert [
        (("extra", "shout", "marks"), "equals", 3),
        (("extra", "shout", "mood"), "lacks", ("x",)),
        (("extra", "is", "loud"), "equals", True),
    ] == [(each.path, each.operator.name, each.wanted) for each in case.expectations]


FAULTS = [
    ("- a", "1:3: found 'a'; give a mapping with 'item' or 'text', and 'expect'"),
    ("- {expect: {text: a}}",
     "1:3: a test without a document; give a mapping with 'item' or 'text', and 'expect'"),
    ("- {text: a, item: a, expect: {text: a}}",
     ("1:4: a test has 'item' or 'text', not both; remove one", "1:19: warning")),
    ("- {item: a, media_type: text/html, expect: {text: a}}",
     (("1:13: 'media_type' is for 'text'; "
       "the type of an item is told by its name and content; remove it"), "1:10: warning")),
    ("- {text: a}", "1:3: a test that expects nothing; add 'expect' or 'snapshot'"),
    ("- {text: a, expct: {}}", "1:13: unknown key 'expct' of a test; did you mean 'expect'?"),
    ("- {text: a, expect: {}}",
     "1:21: expect: found a mapping; give fields: {language.code: de}"),
    ("- {text: a, expect: [text]}", "1:21: expect: found a list; give fields: {language.code: de}"),
    ("- {item: c.txt, expect: {text: a}}",
     "1:10: warning: 'c.txt' does not exist; create it, or check the path"),
    ("- {text: a, expect: {langauge.code: de}}",
     "1:22: unknown field 'langauge'; did you mean 'language'?"),
    ("- {text: a, expect: {language.cod: de}}",
     "1:31: unknown field 'cod' of language; did you mean 'code'?"),
    ("- {text: a, expect: {language: {cod: de}}}",
     "1:33: unknown field 'cod'; did you mean 'code'?"),
    ("- {text: a, expect: {text: {contain: b}}}",
     "1:29: unknown operator 'contain'; did you mean 'contains'?"),
    ("- {text: a, expect: {text: {}}}", "1:28: text: found an empty mapping; give a value"),
    ("- {text: a, expect: {text: 5}}", '1:28: text: found the number 5; give text, quoted: "5"'),
    ("- {text: a, expect: {source.size: '5'}}",
     "1:35: source.size: found '5'; give a whole number"),
    ("- {text: a, expect: {text: {contains: [b, 5]}}}",
     '1:43: text: contains: found the number 5; give text, quoted: "5"'),
    ("- {text: a, expect: {text: {lacks: ''}}}",
     "1:36: text: lacks: an empty text is in every text; remove it"),
    ("- {text: a, expect: {text: {matches: '('}}}",
     "1:38: text: matches: missing ): (; mend the pattern (in RE2's dialect)"),
    ("- {text: a, expect: {text: {at_least: b}}}",
     "1:39: text: at_least: found 'b'; give a number"),
    ("- {text: a, expect: {language.confidence: {close_to: {value: 1, withn: 2}}}}",
     ("1:65: unknown option 'withn' of language.confidence: close_to; did you mean 'within'?")),
    ("- {text: a, expect: {language.confidence: {matches: a}}}",
     ("1:53: language.confidence: matches does not suit this field; "
      "give its value, or its own fields")),
    ("- {text: a, expect: {removed: comments}}",
     "1:31: removed: found 'comments'; give a list, or {contains: ...}"),
    ("- {text: a, expect: {entities: {contains: {lable: ORG}}}}",
     "1:44: unknown field 'lable'; did you mean 'label'?"),
    ("- {text: a, expect: {entities: {contains: ORG}}}",
     "1:43: entities: contains: found 'ORG'; give a mapping of its fields"),
    ("- {text: a, expect: {outcome: drop}}",
     "1:31: outcome: found 'drop'; did you mean 'dropped'?"),
    ("- {text: a, expect: {outcome: dropped, text: a}}",
     "1:46: a document that is dropped has no record, so no 'text'; remove one of the two"),
    ("- {name: b, text: a, expect: {text: a}}\n- {name: b, text: c, expect: {text: c}}",
     "2:10: warning: the test of line 1 is named 'b' too; rename one"),
    ("- {text: a, expect: {outcome: dropped}, snapshot: a.json}",
     "1:31: a document that is dropped has no record; remove 'snapshot'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_faults(text: str, expected: str | tuple[str, ...]) -> None:
    """Each mistake is told at its place, with what to do, and nothing else is."""
    wanted = (expected,) if isinstance(expected, str) else expected
    _, faults = read(text)

    assert len(wanted) == len(faults)
    for words, fault in zip(wanted, faults, strict=True):
        assert fault.startswith(f"c.yaml:{words}")


def test_missing_item_stops_nothing() -> None:
    """A chain whose tests lack their documents can still be used: that is only a warning."""
    cases, _ = read("- {item: not/there.txt, expect: {text: a}}")

    assert 1 == len(cases)

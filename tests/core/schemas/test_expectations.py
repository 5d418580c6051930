"""Tests of the schema of what tests of a chain expect, beside what the lint says of the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.core.config.samples import ORIGIN, make_registry

from copydesk.config.cases import read_cases
from copydesk.config.reader import parse
from copydesk.fault import Fault
from copydesk.schemas.chains import describe_config

SCHEMA = describe_config(make_registry())
TEST = Draft202012Validator({**SCHEMA["$defs"]["test"], "$defs": SCHEMA["$defs"]})


def lint(expect: Any) -> list[Fault]:
    """Return what the lint says of expectations."""
    faults: list[Fault] = []
    node = parse(json.dumps({"text": "a", "expect": expect}), ORIGIN, faults)
    assert node is not None
    read_cases([node], faults)
    return faults


def accepts(expect: Any) -> bool:
    """Return whether the schema accepts expectations."""
    return bool(TEST.is_valid({"text": "a", "expect": expect}))


@pytest.mark.parametrize(
    "expect",
    [
        {"language.code": "de"},
        {"language": {"code": "de", "confidence": {"at_least": 0.5}}},
        {"language": None},
        {"language": {"equals": {"code": "de"}}},
        {"text": {"contains": ["a", "b"], "lacks": "c", "matches": "^a", "at_most": 9}},
        {"entities": {"contains": {"text": "x", "value.number": 5, "value": {"currency": "EUR"}}}},
        {"entities": {"contains": [{"link": {"matches": "^a"}}, {}], "at_most": 3}},
        {"entities.0.value.number": {"close_to": {"value": 3, "within": 0.5}}},
        {"entities": []},
        {"encoding.candidates.0.name": "utf-8"},
        {"metadata.authors": ["A"]},
        {"metadata.title": None},
        {"extra.shout.marks": {"at_least": 3}},
        {"extra": {"shout": {"marks": 3}}, "extra.shout": {"loud": True}},
        {"source.size": {"at_least": 3.5}},
        {"outcome": "dropped", "reason": {"contains": "empty"}},
    ],
)
def test_right(expect: Any) -> None:
    """What the lint accepts the schema accepts."""
    assert [] == lint(expect)
    assert accepts(expect)


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"language.cod": "de"},
        {"langauge": {"code": "de"}},
        {"language": {"cod": "de"}},
        {"language.code": 3},
        {"language": "de"},
        {"language.code": {"at_least": "3"}},
        {"text": {"contain": "a"}},
        {"text": {"contains": 3}},
        {"text": {}},
        {"text": ["a"]},
        {"text.size": 3},
        {"language.confidence": {"matches": "a"}},
        {"entities": {"contains": "ORG"}},
        {"entities": {"contains": {"lable": "ORG"}}},
        {"entities.first.text": "a"},
        {"entities.0.value.number": {"close_to": {"value": 3, "with": 1}}},
        {"removed": "comments"},
        {"outcome": "drop"},
        {"source.size": 3.5},
    ],
)
def test_wrong(expect: Any) -> None:
    """What is wrong by itself is refused by the lint and by the schema."""
    assert lint(expect)
    assert not accepts(expect)


NAMES = st.sampled_from([
"text", "language", "language.code", "language.confidence", "languages",
"entities", "entities.0", "entities.0.value", "removed", "contains",
"lacks", "equals", "matches", "at_least", "close_to",
"code", "value", "number", "extra", "extra.a.b",
"source.size", "source.modified", "outcome", "metadata.title", "metadata",
"encoding.candidates", "steps",
])  # fmt: skip
VALUES = st.recursive(
    st.sampled_from([None, True, 0, 3, 1.5, "a", "done", ""]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, min_size=1, max_size=2)
    ),
    max_leaves=5,
)


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=3))
def test_whatever_lint_accepts_the_schema_accepts(expect: Any) -> None:
    """No expectation that works is refused by the schema."""
    assert lint(expect) or accepts(expect)

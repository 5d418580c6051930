"""What the matches of an expression can begin with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_boilerplate.phrases import fold_expression, read_patterns
from copydesk_boilerplate.prefixes import find_prefixes

EXPRESSIONS = [fold_expression(pattern.expression) for pattern in read_patterns()]


@pytest.mark.parametrize(
    ("expected", "expression"),
    [
        ({"abc"}, "abcdef"),
        ({"ab"}, "ab"),
        ({"abc", "ade"}, "a(?:bc|de)f"),
        ({"abc", "bc"}, "a?bc"),
        ({"ab", "ac", "b"}, "(?:ab*|b+)c"),
        ({"", "a"}, "a*"),
        ({"a", "b"}, "[ab]{2,3}c"),
        ({"1a", "2a"} | {f"{digit}a" for digit in "03456789"}, r"\da"),
        ({".a", ",a"}, r"[.,]a"),
        ({""}, ".a"),
        ({""}, "(?i:abc)"),
        ({""}, r"\bab"),
        ({"ab"}, "ab.c"),
        ({"x", "yz"}, "x|yz"),
        ({""}, "[^a]b"),
    ],
)
def test_prefixes(expected: set[str], expression: str) -> None:
    """Up to three characters are told of each alternative, as far as they are certain."""
    assert expected == find_prefixes(expression)


@given(st.data())
def test_every_match_has_a_prefix(data: st.DataObject) -> None:
    """A text that a pattern matches begins with one of its prefixes."""
    expression = data.draw(st.sampled_from(EXPRESSIONS))
    text = data.draw(st.from_regex(re.compile(expression), fullmatch=True))
    folded = re.sub(
        r"[^\D0-9]", lambda digit: str(int(digit[0])), text
    )  # digits of other scripts are folded before

    assert folded.startswith(tuple(find_prefixes(expression)))


def test_most_patterns_are_told_by_their_beginning() -> None:
    """Few patterns must be tried on every text: it is what keeps the step fast."""
    assert 40 > sum("" in find_prefixes(expression) for expression in EXPRESSIONS)

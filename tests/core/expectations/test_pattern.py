"""Tests of looking for patterns."""

from __future__ import annotations

from time import process_time

import pytest

from copydesk.expectations.pattern import is_found


def test_anywhere_in_the_text() -> None:
    """A pattern may match anywhere, and anchors bind it."""
    assert is_found("b+", "abbc")
    assert not is_found("^b", "abbc")
    assert is_found("(?m)^b", "a\nb")
    assert is_found(r"\p{Han}{2}$", "AI 新闻")


def test_half_surrogates_are_no_error() -> None:
    """A text with a lone surrogate is searched like any other."""
    assert is_found("b$", "a\ud800b")


@pytest.mark.parametrize("pattern", ["(", "(?=a)", "a{1,9999}", "[z-a]"])
def test_wrong_pattern(pattern: str) -> None:
    """What is no pattern, or would need to go back in the text, is refused."""
    with pytest.raises(ValueError, match=r"\w"):
        is_found(pattern, "")


def test_hostile_pattern_is_linear() -> None:
    """A pattern that stalls other engines takes the time that the text needs."""
    began = process_time()

    assert not is_found("(a*)*(a|aa)+b", "a" * 5_000_000)
    assert process_time() - began < 2

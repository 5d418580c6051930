"""Tests of guessing which word was meant."""

from __future__ import annotations

import pytest

from copydesk.suggestion import suggest


@pytest.mark.parametrize(
    ("word", "known", "advice"),
    [
        ("min_lenght", ["min_length", "labels"], "did you mean 'min_length'?"),
        ("PERSON", ["person"], "did you mean 'person'?"),
        ("x", ["b", "a"], "the options are a, b"),
        ("x", [], "remove it, there are no options"),
        (
            "x",
            map(str, range(100, 120)),
            f"the options are {', '.join(map(str, range(100, 112)))}, ...",
        ),
    ],
)
def test_suggest(word: str, known: list[str], advice: str) -> None:
    """A near word is asked for; without one, those there are are listed."""
    assert advice == suggest(word, known, "option")

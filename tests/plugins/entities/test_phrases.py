"""Tests of the finding of words and phrases at a place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk_entities.phrases import Phrases, fold

PHRASES = Phrases(
    [
        ("dollar", "USD", "en"),
        ("dollars", "USD", "en fr"),
        ("Canadian dollar", "CAD", "en"),
        ("M", "1000000", "en"),
        ("元", "CNY", "zh"),
        ("ريالا", "SAR", "ar"),
    ]
)


def beginning(text: str, start: int = 0) -> str | None:
    """Return the words found at a place."""
    found = PHRASES.beginning(fold(text), start)
    return text[found.start : found.end] if found else None


def ending(text: str) -> str | None:
    """Return the words found at the end of a text."""
    found = PHRASES.ending(fold(text), len(text))
    return text[found.start : found.end] if found else None


def test_the_longest_phrase_wins() -> None:
    """Of two phrases that fit, the longer one is meant."""
    assert "dollars" == beginning("dollars and")
    assert "Canadian dollar" == ending("a Canadian dollar")


def test_words_are_whole() -> None:
    """A word does not begin or end inside another, but scripts without spaces know no inside."""
    assert beginning("dollarama") is None
    assert ending("petrodollar") is None
    assert "元" == beginning("元素")
    assert "dollar" == beginning("dollarを")


def test_words_of_one_letter() -> None:
    """A letter alone is a word of its own, also at the edge of the text."""
    assert "M" == beginning("M")
    assert "M" == beginning("M€")
    assert "M" == ending("5M")
    assert beginning("Mo") is None


def test_arabic_vowel_signs_belong_to_the_word() -> None:
    """A word written with the sign of its case is the same word."""
    assert "ريالاً" == beginning("ريالاً سعوديا")


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    """Lower case has as many characters as the text, whatever the letters."""
    assert len(text) == len(fold(text))
    assert "i" == fold("I")

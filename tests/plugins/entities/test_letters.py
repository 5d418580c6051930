"""Tests of what scripts do with words."""

from __future__ import annotations

from copydesk_entities import letters


def test_scripts_without_spaces() -> None:
    """East and Southeast Asian scripts run words together."""
    assert all(map(letters.is_unspaced, "中アあ한ไ"))
    assert not any(map(letters.is_unspaced, "aяعשह1"))


def test_letters_and_marks() -> None:
    """A vowel sign counts as a part of a word."""
    assert letters.is_letter("é")
    assert letters.is_letter("ि")
    assert letters.is_mark("ि")
    assert not letters.is_letter("5")


def test_single_scripts() -> None:
    """Katakana and Hangul are told by their blocks."""
    assert letters.is_katakana("ア")
    assert letters.is_katakana("ー")
    assert not letters.is_katakana("あ")
    assert letters.is_hangul("한")

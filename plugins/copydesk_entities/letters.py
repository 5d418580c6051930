"""Tells letters apart by what their script does with words."""

from __future__ import annotations

import unicodedata

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul: particles follow without a space
    (0xF900, 0xFAFF),  # Han
)


def is_unspaced(letter: str) -> bool:
    """Say whether the letter belongs to a script that puts no spaces between words."""
    code = ord(letter)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _UNSPACED)


def is_letter(letter: str) -> bool:
    """Say whether the character is a letter or a mark on one."""
    return letter.isalpha() or is_mark(letter)


def is_mark(letter: str) -> bool:
    """Say whether the character sits on the one before it, as vowel signs and accents do."""
    return letter > "\u02ff" and unicodedata.category(letter)[0] == "M"


def is_hangul(letter: str) -> bool:
    """Say whether the letter is a syllable of Korean."""
    return "\uac00" <= letter <= "\ud7a3"


def is_katakana(letter: str) -> bool:
    """Say whether the letter is of the script in which Japanese writes foreign names."""
    return "\u30a1" <= letter <= "\u30fa" or letter == "ー"

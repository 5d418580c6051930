"""Finds the longest known word or phrase that begins or ends at a place in a text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

_KEY = 2
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul: particles follow without a space
    (0xF900, 0xFAFF),  # Han
)


@frozen
class Meaning:
    """One meaning of a word in some languages."""

    spelling: str
    """The word as its languages write it in the middle of a sentence."""
    value: str
    """What it stands for: a currency code, a number, a month."""
    languages: str
    """Codes of languages, with spaces between."""


@frozen
class Found:
    """A known word at a place in a text."""

    start: int
    end: int
    meanings: Sequence[Meaning]


def fold(text: str) -> str:
    """Return the text in lower case, character by character, so that offsets stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def is_unspaced(letter: str) -> bool:
    """Say whether the letter belongs to a script that puts no spaces between words."""
    code = ord(letter)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _UNSPACED)


def is_letter(letter: str) -> bool:
    """Say whether the character is a letter or a mark on one."""
    return letter.isalpha() or (letter > "\u02ff" and unicodedata.category(letter)[0] == "M")


def joins(left: str, right: str) -> bool:
    """Say whether two neighbouring characters belong to one word of a script with spaces."""
    return (
        is_letter(left)
        and is_letter(right)
        and not (is_unspaced(left) or is_unspaced(right))
        and (left < "\u0250") == (right < "\u0250")
    )


class Lexicon:
    """Words and phrases, found by their first and last letters."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Take (spelling, value, languages) rows."""
        self._words: dict[str, list[Meaning]] = defaultdict(list)
        for spelling, value, languages in rows:
            self._words[fold(spelling)].append(Meaning(spelling, value, languages))
        self._first = _lengths((word[:_KEY], word) for word in self._words)
        self._last = _lengths((word[-_KEY:], word) for word in self._words)

    def beginning(self, folded: str, start: int) -> Found | None:
        """Return the longest word that begins at `start` of a folded text."""
        for length in _candidates(self._first, folded[start : start + _KEY]):
            end = start + length
            meanings = self._words.get(folded[start:end])
            if meanings and not (end < len(folded) and joins(folded[end - 1], folded[end])):
                return Found(start, end, meanings)
        return None

    def ending(self, folded: str, end: int) -> Found | None:
        """Return the longest word that ends before `end` of a folded text."""
        for length in _candidates(self._last, folded[max(end - _KEY, 0) : end]):
            start = end - length
            if start < 0:
                continue
            meanings = self._words.get(folded[start:end])
            if meanings and not (start and joins(folded[start - 1], folded[start])):
                return Found(start, end, meanings)
        return None


def _lengths(keys: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    """Map each key to the lengths of its words, longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for key, word in keys:
        found[key].add(len(word))
    return {key: sorted(lengths, reverse=True) for key, lengths in found.items()}


def _candidates(lengths: Mapping[str, list[int]], key: str) -> Iterator[int]:
    """Yield lengths to try; a word of one letter is listed under that letter alone."""
    yield from lengths.get(key, ())
    if len(key) == _KEY:
        yield from lengths.get(key[0], ())
        if key[1] != key[0]:
            yield from lengths.get(key[1], ())

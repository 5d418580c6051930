"""Finds the longest known word or phrase that begins or ends at a place in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from attrs import frozen

from copydesk_entities.letters import is_letter, is_unspaced

_KEY = 2
_VOWELS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
"""Arabic vowel signs: a word may carry one at its end, `ريالاً`."""


@frozen
class Meaning:
    """One meaning of a word in some languages."""

    spelling: str
    """The word as its languages write it in the middle of a sentence."""
    value: str
    """What it stands for: a currency, a factor, a month."""
    languages: str
    """Codes of languages, with spaces between."""


@frozen
class Found:
    """A known word at a place in a text."""

    start: int
    end: int
    meanings: Sequence[Meaning]


class Phrases:
    """Words and phrases by their letters in lower case."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Take (spelling, value, languages) rows."""
        self._words: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for row in rows:
            self._words[fold(row[0])].append(row)
        self._first = _lengths(self._words, slice(_KEY), 0)
        self._last = _lengths(self._words, slice(-_KEY, None), -1)

    def beginning(self, folded: str, start: int) -> Found | None:
        """Return the longest word that begins at `start` of a folded text."""
        pair = folded[start : start + _KEY]
        for length in self._first.get(pair) or self._first.get(pair[:1], ()):
            end = start + length
            rows = self._words.get(folded[start:end]) if end <= len(folded) else None
            while rows and end < len(folded) and folded[end] in _VOWELS:
                end += 1
            if rows and not (end < len(folded) and _joins(folded[end - 1], folded[end])):
                return Found(start, end, [Meaning(*row) for row in rows])
        return None

    def ending(self, folded: str, end: int) -> Found | None:
        """Return the longest word that ends before `end` of a folded text."""
        pair = folded[max(end - _KEY, 0) : end]
        for length in self._last.get(pair) or self._last.get(pair[-1:], ()):
            start = end - length
            rows = self._words.get(folded[start:end]) if start >= 0 else None
            if rows and not (start and _joins(folded[start - 1], folded[start])):
                return Found(start, end, [Meaning(*row) for row in rows])
        return None


def fold(text: str) -> str:
    """Return the text in lower case, character by character, so that offsets stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _lengths(words: Iterable[str], edge: slice, letter: int) -> dict[str, Sequence[int]]:
    """Return the lengths of words by the two letters at one end, longest first.

    Words of one letter stand under that letter, and are tried after whatever pair it is in.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for word in words:
        found[word[edge]].add(len(word))
    for key, lengths in found.items():
        if len(key) == _KEY and key[letter] in found:
            lengths.add(1)
    return {key: sorted(lengths, reverse=True) for key, lengths in found.items()}


def _joins(left: str, right: str) -> bool:
    """Say whether two neighbours may belong to one word: not across scripts, `7億ドル`, `5Mรับ`."""
    return (
        is_letter(left)
        and is_letter(right)
        and not (is_unspaced(left) or is_unspaced(right))
        and (left < "\u0250") == (right < "\u0250")
    )

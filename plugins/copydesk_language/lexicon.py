"""What sets close languages apart: the letters of their alphabets and their telling words."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from itertools import chain

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = 600  # characters of a text whose letters are looked at
_WORDS = 1500  # characters of a text whose words are looked at


class Lexicon:
    """Alphabets from `letters.txt` and words from `words.txt`."""

    def __init__(self) -> None:
        self.alphabets = {code: frozenset(rest) for code, rest in _read("letters.txt").items()}
        self.grouped: dict[str, tuple[str, ...]] = {}
        by_word: dict[str, list[str]] = {}
        for code, rest in _read("words.txt").items():
            for word in rest.split():
                by_word.setdefault(word, []).append(code)
        self.grouped = {word: tuple(codes) for word, codes in by_word.items()}
        self.worded = frozenset(code for codes in self.grouped.values() for code in codes)

    def count_words(self, text: str) -> Counter[str]:
        """Return how many telling words of each language a text in lower case has."""
        words = filter(None, map(self.grouped.get, _WORD.findall(text[:_WORDS])))
        return Counter(chain.from_iterable(words))

    def count_foreign(self, text: str, codes: list[str]) -> dict[str, int]:
        """Return how many letters of a text in lower case each language does not use.

        A language whose alphabet is not known counts like the best of the others.
        """
        letters = [
            (c, n) for c, n in Counter(text[:_LETTERS]).items() if c > "\x7f" and c.isalpha()
        ]
        found = {
            code: sum(n for letter, n in letters if letter not in self.alphabets[code])
            for code in codes
            if code in self.alphabets
        }
        least = min(found.values(), default=0)
        return {code: found.get(code, least) for code in codes}


def _read(name: str) -> dict[str, str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {code: rest for code, _, rest in (line.partition(" ") for line in lines)}

"""Reads the phrases that news sites put around articles, and tells which one a text is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from unicodedata import category, normalize

from attrs import frozen

# Marks that come and go in the same word: Arabic and Hebrew vowels, tatweel, joiners, directions.
_UNWRITTEN = re.compile(
    r"[\u0591-\u05c7\u0640\u064b-\u0652\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SAME = str.maketrans(
    {**dict.fromkeys("‘’ʼ`´", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_PIECE = re.compile(r"\\.|[^\\]", re.DOTALL)


@frozen
class Pattern:
    """A regular expression for the whole of a line or a sentence."""

    reason: str
    """Why it is boilerplate."""
    scope: str
    """`lines`, `sentences` or `headings`."""
    expression: str
    """Matched against what `normalize_text` leaves of a text."""


def normalize_text(text: str) -> str:
    """Return `text` as patterns see it.

    That is: compatible forms made one, case folded, single blanks, plain quotes and dashes, no
    punctuation and no symbols around it.
    """
    folded = " ".join(_fold(text).split())
    start, end = 0, len(folded)
    while start < end and _is_mark(folded[start]):
        start += 1
    while start < end and _is_mark(folded[end - 1]):
        end -= 1
    return folded[start:end]


def read_patterns() -> Iterator[Pattern]:
    """Yield the patterns of every language in the package."""
    folder = files(__package__).joinpath("phrases")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for reason, scopes in tomllib.loads(file.read_text("utf-8")).items():
            for scope, expressions in scopes.items():
                for expression in expressions:
                    yield Pattern(reason, scope, expression)


class Matcher:
    """Many patterns as one expression."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        by_reason: dict[str, list[str]] = {}
        for pattern in patterns:
            expression = f"(?:{fold_expression(pattern.expression)})"
            by_reason.setdefault(pattern.reason, []).append(expression)
        self._reasons = {f"reason{index}": reason for index, reason in enumerate(by_reason)}
        groups = [f"(?P<{name}>{'|'.join(by_reason[r])})" for name, r in self._reasons.items()]
        self._expression = re.compile("|".join(groups) or "(?!)")

    def reason(self, text: str) -> str | None:
        """Return why `text`, which is normalized, is boilerplate as a whole; None if it is not."""
        match = self._expression.fullmatch(text)
        return self._reasons[match.lastgroup] if match and match.lastgroup else None


def fold_expression(expression: str) -> str:
    """Return a regular expression for folded text from one as people write it."""
    pieces = _PIECE.findall(normalize("NFC", expression))
    return "".join(piece if len(piece) > 1 else _fold_letter(piece) for piece in pieces)


def _fold_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    folded = _fold(letter)
    return re.escape(folded) if len(folded) < 2 else f"(?:{re.escape(folded)})"


def _fold(text: str) -> str:
    return normalize("NFKC", _UNWRITTEN.sub("", text)).casefold().translate(_SAME)


def _is_mark(character: str) -> bool:
    return category(character)[0] in "PSZC" and character not in "©@"

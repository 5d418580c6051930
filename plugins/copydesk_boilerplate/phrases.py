"""Reads the phrases that news sites put around articles, and brings texts into their form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from unicodedata import category, normalize

from attrs import frozen

# Marks that come and go in the same word: accents (in capitals, above all), Arabic and Hebrew
# vowels, tatweel, joiners, directions.
_UNWRITTEN = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0652\u00ad\u200b-\u200f\u202a-\u202e"
    r"\u2066-\u2069\ufeff]"
)
_SAME = {
    "'": re.compile("[‘’ʼ`´]"),
    '"': re.compile("[“”„«»]"),
    "-": re.compile("[‐‑‒–—―−]"),
}
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_NAME = re.compile(r"\{([a-z]+)\}")
_PIECE = re.compile(r"\\.|[^\\]", re.DOTALL)


@frozen
class Pattern:
    """A regular expression for the whole of a line or a sentence."""

    reason: str
    """Why it is boilerplate."""
    scope: str
    """Where it counts.

    `anywhere`: a whole line, wherever it stands. `lines`: a whole line at an edge of the text.
    `sentences`: a whole sentence at either end of the text, or a line at an edge. `ends`: a line in
    the second half of the text, which goes with all that is below it. `tails`: a line near the end,
    which goes with the short lines below it. `headings`: a line that goes if all below it goes.
    """
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
        reasons = tomllib.loads(file.read_text("utf-8"))
        words: dict[str, str] = reasons.pop("words", {})
        for reason, scopes in reasons.items():
            for scope, expressions in scopes.items():
                for expression in expressions:
                    yield Pattern(reason, scope, _insert(words, expression))


def _insert(words: dict[str, str], expression: str) -> str:
    """Return the expression with `{name}` replaced by the words of that name."""
    if match := _NAME.search(expression):
        inner = _insert(words, words[match[1]])
        return _insert(words, f"{expression[: match.start()]}{inner}{expression[match.end() :]}")
    return expression


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
    if not text.isascii():
        text = normalize("NFC", _UNWRITTEN.sub("", normalize("NFKD", text)))
        text = _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)
        for plain, others in _SAME.items():
            text = others.sub(plain, text)
    return text.casefold().replace("`", "'").replace("ı", "i")


def _is_mark(character: str) -> bool:
    return category(character)[0] in "PSZC" and character not in "©@"

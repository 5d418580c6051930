"""Reads the phrases that news sites put around articles, and brings texts into their form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from unicodedata import category, normalize

from attrs import frozen

# Marks that come and go in the same word: accents (in capitals, above all), Arabic and Hebrew
# vowels, tatweel, joiners, directions.
_UNWRITTEN = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0652\u00ad\u200b-\u200f\u202a-\u202e"
    r"\u2066-\u2069\ufeff]"
)
_PLAIN = {
    **dict.fromkeys("‘’ʼ´", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_FANCY = re.compile(f"[{''.join(_PLAIN)}]|[^\\D0-9]")  # also digits of other scripts
_NAME = re.compile(r"\{([a-z]+)\}")
_FOLDED = re.compile(r"\\.|[A-Z]|[^\x00-\x7f]", re.DOTALL)


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
    latin: bool = True
    """Whether it may match a text that is all in Latin letters."""


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
        latin: bool = reasons.pop("latin", True)
        words: dict[str, str] = reasons.pop("words", {})
        for reason, scopes in reasons.items():
            for scope, expressions in scopes.items():
                for expression in expressions:
                    yield Pattern(reason, scope, _insert(words, expression), latin)


def _insert(words: dict[str, str], expression: str) -> str:
    """Return the expression with `{name}` replaced by the words of that name."""
    if match := _NAME.search(expression):
        inner = _insert(words, words[match[1]])
        return _insert(words, f"{expression[: match.start()]}{inner}{expression[match.end() :]}")
    return expression


def fold_expression(expression: str) -> str:
    """Return a regular expression for folded text from one as people write it."""
    return _FOLDED.sub(lambda match: _fold_letter(match[0]), normalize("NFC", expression))


@cache
def _fold_letter(letter: str) -> str:
    """Return what a letter is folded to, as one piece; an escape stays as it is."""
    if len(letter) > 1:
        return letter
    folded = _fold(letter)
    if letter.isascii() or len(folded) == 1:
        return folded if folded.isalnum() else re.escape(folded)
    return f"(?:{re.escape(folded)})"


def _fold(text: str) -> str:
    if not text.isascii():
        text = normalize("NFC", _UNWRITTEN.sub("", normalize("NFKD", text)))
        text = _FANCY.sub(_make_plain, text)
    return text.casefold().replace("`", "'").replace("ı", "i")


def _make_plain(match: re.Match[str]) -> str:
    character = match[0]
    return _PLAIN.get(character) or str(int(character))


def _is_mark(character: str) -> bool:
    return category(character)[0] in "PSZC" and character not in "©@"

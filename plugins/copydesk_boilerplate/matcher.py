"""Tells which of very many patterns a text is, in microseconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copydesk_boilerplate.phrases import Pattern, fold_expression

_ANY = ""
_OPTIONAL = tuple("?*{")


class Matcher:
    """Patterns in groups by the letter that a text begins with if one of them matches."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._groups: dict[str, list[tuple[int, str, Pattern]]] = {}
        for order, pattern in enumerate(patterns):
            expression = fold_expression(pattern.expression)
            for letter in first_letters(expression) or {_ANY}:
                self._groups.setdefault(letter, []).append((order, expression, pattern))
        self._expressions = {
            letter: re.compile("|".join(f"(?:{expression})" for _, expression, _ in group))
            for letter, group in self._groups.items()
        }

    def match(self, text: str) -> Pattern | None:
        """Return the pattern that a normalized text is as a whole; the first of several."""
        found = [*self._find(text[:1], text), *self._find(_ANY, text)] if text else []
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _find(self, letter: str, text: str) -> Iterator[tuple[int, Pattern]]:
        expression = self._expressions.get(letter)
        if expression is not None and expression.fullmatch(text):
            for order, one, pattern in self._groups[letter]:
                if re.fullmatch(one, text):
                    yield order, pattern
                    return


def first_letters(expression: str) -> set[str]:
    """Return the letters that a match can begin with; nothing if they cannot be told."""
    found = set()
    for alternative in _split(expression):
        if alternative[:1].isalnum() and not alternative[1:].startswith(_OPTIONAL):
            found.add(alternative[0])
        elif alternative.startswith("(?:"):
            inner, rest = _open(alternative)
            letters = first_letters(inner)
            if not letters or rest.startswith(_OPTIONAL):
                return set()
            found |= letters
        else:
            return set()
    return found


def _split(expression: str) -> list[str]:
    """Return the alternatives of an expression."""
    parts = [""]
    depth = 0
    for piece in re.findall(r"\\.|\[\^?\]?[^\]]*\]|.", expression, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _open(expression: str) -> tuple[str, str]:
    """Return what is in the group that an expression begins with, and what comes after it."""
    depth = 0
    at = 0
    for piece in re.findall(r"\\.|\[\^?\]?[^\]]*\]|.", expression, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        at += len(piece)
        if depth == 0:
            break
    return expression[3 : at - 1], expression[at:]

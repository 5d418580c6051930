"""Says where a name may begin and end inside a running text, script by script."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_entities.lexicon import is_letter, is_unspaced

_GENITIVE = frozenset("de sv da no nl".split())
_ARABIC_PREFIXES = ("و", "ف", "ب", "ل", "ك", "ول", "وب", "فل", "فب", "وك")
_HEBREW_PREFIXES = (
    "ה",
    "ו",
    "ב",
    "ל",
    "מ",
    "ש",
    "כ",
    "וה",
    "וב",
    "ול",
    "ומ",
    "של",
    "שב",
    "מה",
    "כש",
    "בה",
)
_LONGEST_PREFIX = 2


def begin(text: str, start: int) -> int | None:
    """Return where the mention begins: at `start`, or before a clitic; None inside a word."""
    first = text[start]
    if start == 0 or not _binds(text[start - 1], first):
        return start
    prefixes = _prefixes(first)
    for length in range(1, _LONGEST_PREFIX + 1):
        at = start - length
        if at < 0:
            return None
        if text[at:start] in prefixes and (at == 0 or not _binds(text[at - 1], text[at])):
            return at
    return None


def finish(text: str, end: int, tongues: Sequence[str]) -> int | None:
    """Return where the mention ends: at `end`, or after a short ending; None inside a word."""
    if end == len(text) or not _binds(text[end - 1], text[end]):
        return end
    if text[end] == "s" and (end + 1 == len(text) or not _binds("s", text[end + 1])):
        return end + 1 if not tongues or _GENITIVE.intersection(tongues) else None
    return None


def _binds(left: str, right: str) -> bool:
    """Say whether two neighbours belong to one word."""
    if left == right == "_":
        return True
    if is_unspaced(left) or is_unspaced(right):
        return _is_katakana(left) and _is_katakana(right)
    return (is_letter(left) or left.isdigit()) and (is_letter(right) or right.isdigit())


def _is_katakana(letter: str) -> bool:
    return "\u30a1" <= letter <= "\u30fa" or letter == "ー"


def _prefixes(first: str) -> tuple[str, ...]:
    if "\u0600" <= first <= "\u06ff":
        return _ARABIC_PREFIXES
    if "\u0590" <= first <= "\u05ff":
        return _HEBREW_PREFIXES
    return ()

"""Divides a text into sentences and quotations, within which the language does not change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from copydesk_language.noise import code_share, strip_noise
from copydesk_language.script import WEIGHTS, count_scripts, main_script

_CLOSING = r"[\"'”“’»›)\]」』）]"
_STOP = re.compile(
    rf"\n+|(?<=[.!?…؟।])(?:[^\S\n\xa0]?{_CLOSING})*[^\S\n]+\n*|[。！？]{_CLOSING}*\s*"
)
_LATIN = r"A-Za-z\u00aa-\u024f\u1e00-\u1eff"
_IN_LATIN = re.compile(rf"[{_LATIN}][{_LATIN}\s\d,.'’\"“”()$%:;-]{{10,}}[{_LATIN}.]")
_BEYOND = re.compile(
    r"[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff][\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff\s]{3,}"
)
_ANY_LATIN = re.compile(rf"[{_LATIN}]")
_ANY_BEYOND = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff]")
_LOWER = re.compile(rf"(?<![{_LATIN}])[a-z\u00df-\u00ff]{{2,}}(?![A-Z])")
_UPPER = re.compile(r"(?<![A-Za-z])[A-Z]")
_MOST = 2000  # pieces of a text: bounds the cost for poems and tables of a million lines
_GLANCED = 20  # characters below which a sentence is not worth a glance
_READ = 400  # characters of a piece that are read
_MOSTLY = 0.6  # share of Latin letters that makes a sentence Latin if they are not all names
_LEAST = 3  # letters without which there is no language
_CODE = 0.3  # share of the marks of code from which a piece is code
_KEPT = 0.45  # share of the letters that must be left when code and addresses are gone


@frozen
class Piece:
    """A stretch of the text, with the white space that follows it."""

    start: int
    """Offset in code points."""
    end: int
    """Offset in code points, exclusive."""
    is_line: bool
    """It begins a line."""
    is_names: bool
    """It is in Latin letters within another script, and mostly names."""
    text: str
    """What is written in a language, without addresses and code; only the beginning if long."""
    script: str | None
    """ISO 15924 code of its writing system; null for what is no language."""
    letters: int
    """Its letters; those of Chinese and Japanese count as three, of Korean as two."""


def divide(text: str, least: int = 0) -> list[Piece]:
    """Return the pieces of a text, which together cover it.

    Sentences of a line are joined until they have `least` characters.
    """
    pieces = []
    is_line = True
    for start, end, is_names in _cut(text, least):
        pieces.append(_read(text, start, end, is_line=is_line, is_names=is_names))
        is_line = text[end - 1] == "\n"
    return pieces


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text as they stand, to glance at; no more than 2,000."""
    bound = max(_GLANCED, len(text) // _MOST)
    start = 0
    for match in _STOP.finditer(text):
        if match.start() - start >= bound:
            yield text[start : min(match.start(), start + _READ)]
            start = match.end()
    if len(text) - start >= bound:
        yield text[start : start + _READ]


def _cut(text: str, least: int) -> Iterator[tuple[int, int, bool]]:
    bound = len(text) // _MOST if len(text) > 50 * _MOST else 0
    start = 0
    for match in _STOP.finditer(text):
        length = match.end() - start
        if length > bound and (length > least or text[match.end() - 1] == "\n"):
            yield from _quotations(text, start, match.end())
            start = match.end()
    if start < len(text):
        yield from _quotations(text, start, len(text))


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield a sentence, cut where it changes to another script for more than a name.

    The third value tells that a piece is in Latin letters and mostly names.
    """
    is_mixed = _ANY_BEYOND.search(text, start, end) and _ANY_LATIN.search(text, start, end)
    if end - start > 4 * _READ or not is_mixed:
        yield start, end, False
        return
    sentence = text[start:end]
    is_latin = _find_script(sentence, count_scripts(sentence)) == "Latn"
    for match in (_BEYOND if is_latin else _IN_LATIN).finditer(text, start, end):
        is_names = not is_latin and not _is_prose(match.group())
        if not is_names or match.start() == start or match.end() >= end - 2:
            if start < match.start():
                yield start, match.start(), False
            start = match.end()
            yield match.start(), start, is_names
    if start < end:
        yield start, end, False


def _find_script(text: str, counts: Mapping[str, int]) -> str | None:
    """Return the writing system of a sentence, which may hold names in another one."""
    script = main_script(counts)
    latin = counts.get("Latn", 0)
    if latin > _MOSTLY * sum(counts.values()) and len(_LOWER.findall(text)) > 1:
        return "Latn"
    return script


def _is_prose(run: str) -> bool:
    """Tell whether a run in Latin letters is more than names: most words are in lower case."""
    upper = len(_UPPER.findall(run))
    return upper == 0 or len(_LOWER.findall(run)) > 2 * upper


def _read(text: str, start: int, end: int, *, is_line: bool, is_names: bool) -> Piece:
    sample = text[start : min(end, start + _READ)]
    kept = strip_noise(sample).strip()
    counts = count_scripts(kept)
    script = _find_script(kept, counts)
    total = sum(counts.values())
    is_cut = len(kept) < 0.7 * len(sample)
    before = sum(count_scripts(sample).values()) if is_cut else total
    letters = sum(count * WEIGHTS.get(name, 1) for name, count in counts.items())
    if letters < _LEAST or total < _KEPT * before or code_share(sample) > _CODE:
        return Piece(start, end, is_line, is_names, "", None, 0)
    return Piece(start, end, is_line, is_names, kept, script, letters)

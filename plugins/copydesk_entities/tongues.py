"""Says in which languages to read a place of a document, the likeliest first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from copydesk_entities.lexicon import Meaning

from copydesk.api import Document

_UNKNOWN = "und"
_SURE = 5


class Tongues:
    """The languages of one document, by place."""

    def __init__(self, document: Document) -> None:
        """Read `languages` and `language` of the document."""
        spans = [span for span in document.languages if span.code != _UNKNOWN]
        codes = [span.code for span in spans]
        if document.language and document.language.code != _UNKNOWN:
            codes.insert(0, document.language.code)
        self.tag = codes[0] if codes else ""
        """BCP 47 tag of the main language; empty when it is not known."""
        self._all = tuple(dict.fromkeys(map(_base, codes)))
        self._starts = [span.start for span in spans]
        self._spans = spans
        self._cache: dict[str, tuple[str, ...]] = {}

    def at(self, offset: int) -> tuple[str, ...]:
        """Return language codes, best first; empty when nothing is known."""
        if not self._all:
            return ()
        index = bisect_right(self._starts, offset) - 1
        here = ""
        if index >= 0 and offset < self._spans[index].end:
            here = _base(self._spans[index].code)
        if here not in self._cache:
            order = (here, *self._all) if here else self._all
            self._cache[here] = tuple(dict.fromkeys((*order, "en")))
        return self._cache[here]


def choose(meanings: Sequence[Meaning], surface: str, tongues: Sequence[str]) -> Meaning | None:
    """Return the meaning that `surface` has in the likeliest of the languages.

    A word of none of them is understood only if it is long enough to be no chance; a meaning
    that its languages write with a capital needs one.
    """
    best: Meaning | None = None
    least = len(tongues) + 1
    for meaning in meanings:
        if not _spelt(meaning.spelling, surface):
            continue
        rank = _rank(meaning, tongues)
        if rank < least or (rank == least and best and _wider(meaning, best)):
            best, least = meaning, rank
        elif best is None and _is_sure(meaning, surface, tongues):
            best = meaning
    return best


def _rank(meaning: Meaning, tongues: Sequence[str]) -> int:
    languages = meaning.languages.split()
    for rank, code in enumerate(tongues):
        if code in languages:
            return rank
    if not tongues and "en" in languages:
        return 0
    return len(tongues) + 1


def _spelt(spelling: str, surface: str) -> bool:
    if spelling == surface or spelling.islower() or not spelling[0].isupper():
        return True
    return surface[0].isupper() and (len(spelling) > 2 or spelling == surface)


def _wider(meaning: Meaning, other: Meaning) -> bool:
    return len(meaning.languages) > len(other.languages)


def _is_sure(meaning: Meaning, surface: str, tongues: Sequence[str]) -> bool:
    if len(surface) >= _SURE or surface[0] > "\u024f":
        return True
    return not tongues and len(meaning.languages) > 8  # three languages or more


def _base(code: str) -> str:
    base = code.split("-", 1)[0].lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "yue": "zh"}.get(base, base)

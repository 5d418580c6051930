"""Says in which languages to read a place of a document, the likeliest first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from copydesk.api import Document
from copydesk_entities.phrases import Found, Meaning

_UNKNOWN = "und"
_SURE = 5
_SHORTEST = 3
_NEWS_WORDS = "en zh fr de ar es pt it ru ja ko hi fa tr id vi nl pl sv uk he el cs ro th"
NEWS = frozenset(_NEWS_WORDS.split())
"""The languages to think of when nothing is known of a text."""
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "yue": "zh", "tl": "fil"}


class Tongues:
    """The languages of one document, by place."""

    def __init__(self, document: Document) -> None:
        """Read `languages` and `language` of the document."""
        self._spans = [span for span in document.languages if span.code != _UNKNOWN]
        codes = [span.code for span in self._spans]
        if document.language and document.language.code != _UNKNOWN:
            codes.insert(0, document.language.code)
        self.region = _region(codes[0]) if codes else ""
        """ISO 3166-1 code of the main language's variety; empty when its tag has none."""
        self._all = tuple(dict.fromkeys(map(_base, codes)))
        self._starts = [span.start for span in self._spans]
        self._orders: dict[str, tuple[str, ...]] = {}

    def at(self, offset: int) -> tuple[str, ...]:
        """Return language codes, best first; empty when nothing is known.

        The other languages of the document come next, and English last: names and amounts of
        one language are often quoted in another.
        """
        if not self._all:
            return ()
        index = bisect_right(self._starts, offset) - 1
        here = ""
        if index >= 0 and offset < self._spans[index].end:
            here = _base(self._spans[index].code)
        if here not in self._orders:
            order = (here, *self._all, "en") if here else (*self._all, "en")
            self._orders[here] = tuple(dict.fromkeys(order))
        return self._orders[here]


def choose(found: Found, text: str, tongues: Sequence[str]) -> Meaning | None:
    """Return the meaning that a word found in `text` has in the likeliest of the languages.

    A word of none of them is understood only if it is long enough to be no chance; a meaning
    that its languages write with a capital needs one.
    """
    surface = text[found.start : found.end]
    best: Meaning | None = None
    least = len(tongues) + 1
    for meaning in found.meanings:
        if not _is_spelt(meaning.spelling, surface):
            continue
        rank = _rank(meaning.languages, tongues)
        if rank < least:
            best, least = meaning, rank
        elif best is None and _is_sure(meaning, surface, tongues):
            best = meaning
    return best


def _rank(languages: str, tongues: Sequence[str]) -> int:
    known = languages.split()
    if not tongues and "en" in known:
        return 0
    return next((rank for rank, code in enumerate(tongues) if code in known), len(tongues) + 1)


def _is_spelt(spelling: str, surface: str) -> bool:
    """Say whether the surface may be the word: capitals are needed where the spelling has them."""
    if spelling == surface or not spelling[0].isupper():
        return True
    return surface[0].isupper() and len(spelling) > 2


def _is_sure(meaning: Meaning, surface: str, tongues: Sequence[str]) -> bool:
    if len(surface) >= _SURE or surface[0] > "\u024f":
        return True
    return (
        not tongues and len(surface) >= _SHORTEST and not NEWS.isdisjoint(meaning.languages.split())
    )


def _base(tag: str) -> str:
    base = tag.split("-", 1)[0].lower()
    return _ALIASES.get(base, base)


def _region(tag: str) -> str:
    return next((part for part in tag.split("-")[1:] if len(part) == 2 and part.isupper()), "")

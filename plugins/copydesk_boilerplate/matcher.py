"""Tells which of very many patterns a text is, in microseconds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from copydesk_boilerplate.phrases import Pattern, fold_expression
from copydesk_boilerplate.prefixes import find_prefixes

_WIDE = re.compile("[\u0370-\U0010ffff]")  # a letter that is not Latin, or a sign
_OPEN = "any beginning"  # the keys of patterns that must be tried on every text
_OPEN_LATIN = "any beginning, Latin"


class _Candidate:
    """A pattern that is compiled when a text first begins as it does."""

    def __init__(self, order: int, pattern: Pattern) -> None:
        self.order = order
        self.pattern = pattern
        self.expression = fold_expression(pattern.expression)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression)


class Matcher:
    """Patterns by what a text begins with if one of them matches."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._candidates: dict[str, list[_Candidate]] = {}
        for order, pattern in enumerate(patterns):
            candidate = _Candidate(order, pattern)
            for prefix in find_prefixes(candidate.expression):
                self._candidates.setdefault(prefix or _OPEN, []).append(candidate)
        open_ended = self._candidates.get(_OPEN, [])
        self._candidates[_OPEN_LATIN] = [one for one in open_ended if one.pattern.latin]

    def match(self, text: str) -> Pattern | None:
        """Return the pattern that a normalized text is as a whole; the first of several."""
        if not text:
            return None
        best: _Candidate | None = None
        anything = _OPEN if _WIDE.search(text) else _OPEN_LATIN
        for prefix in {text[:3], text[:2], text[:1], anything}:
            for candidate in self._candidates.get(prefix, ()):
                if best is not None and candidate.order > best.order:
                    break
                if candidate.compiled.fullmatch(text):
                    best = candidate
                    break
        return best.pattern if best else None

"""Tells which of very many patterns a text is, in microseconds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from copydesk_boilerplate.phrases import Pattern, fold_expression
from copydesk_boilerplate.prefixes import find_prefixes


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
                self._candidates.setdefault(prefix, []).append(candidate)

    def match(self, text: str) -> Pattern | None:
        """Return the pattern that a normalized text is as a whole; the first of several."""
        if not text:
            return None
        best: _Candidate | None = None
        for prefix in {text[:3], text[:2], text[:1], ""}:
            for candidate in self._candidates.get(prefix, ()):
                if best is not None and candidate.order > best.order:
                    break
                if candidate.compiled.fullmatch(text):
                    best = candidate
                    break
        return best.pattern if best else None

"""Decides which lines of a text go, from what patterns say of each and where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from copydesk_boilerplate.phrases import Pattern

_TITLE = 160  # characters; a longer line is no title of another article
_SHORT = 60  # characters; a longer line that ends with a full stop is not, either
_FULL_STOPS = tuple(stop + quote for stop in ".。।۔" for quote in ("", '"', "”", "»", "」"))


class Marks:
    """The lines of a text, the pattern that each matches, and the reason that it goes for.

    A line that is too long to match comes as an empty string; `sizes` are in characters.
    """

    def __init__(
        self, lines: Sequence[str], patterns: Sequence[Pattern | None], sizes: Sequence[int]
    ) -> None:
        self._lines = lines
        self._patterns = patterns
        self._middle = bisect_left(list(accumulate(sizes, initial=0)), sum(sizes) / 2)
        self.reasons: list[str | None] = [
            pattern.reason if pattern and pattern.scope == "anywhere" else None
            for pattern in patterns
        ]
        """Why each line goes; None if it stays."""

    def mark_edges(self, count: int, judge: Callable[[str], str | None]) -> int:
        """Mark lines at both edges, up to `count` that stay; return where the lower edge begins.

        `judge` is asked for the reason of a line that no pattern matches.
        """
        indexes = range(len(self._lines))
        self._mark_edge(indexes, count, judge)
        return self._mark_edge(indexes[::-1], count, judge)

    def _mark_edge(
        self, indexes: Iterable[int], count: int, judge: Callable[[str], str | None]
    ) -> int:
        last = len(self._lines)
        for index in indexes:
            if count == 0:
                break
            last = index
            if self.reasons[index] is None:
                pattern = self._patterns[index]
                if pattern is None:
                    self.reasons[index] = judge(self._lines[index])
                elif pattern.scope in ("lines", "sentences", "ends"):
                    self.reasons[index] = pattern.reason
            count -= self.reasons[index] is None
        return last

    def mark_end(self) -> None:
        """Mark the line in the second half of the text that ends the article, and all below."""
        for index in range(self._middle, len(self._lines)):
            pattern = self._patterns[index]
            if pattern and pattern.scope == "ends":
                self._mark_all(range(index, len(self._lines)), pattern.reason)
                return

    def mark_tails(self, low: int) -> None:
        """Mark headings of lists, from `low` or the middle on, and the short lines below them.

        Where prose comes next, the last of these stays: it may be the heading of that.
        """
        start = None
        for index in range(min(low, self._middle), len(self._lines) + 1):
            if start is not None and (index == len(self._lines) or self._is_prose(index)):
                end = index if index == len(self._lines) else index - 1
                reason = self._patterns[start]
                if reason is not None and (end > start + 1 or index == len(self._lines)):
                    self._mark_all(range(start, end), reason.reason)
                start = None
            pattern = self._patterns[index] if index < len(self._lines) else None
            if start is None and pattern and pattern.scope == "tails":
                start = index

    def mark_headings(self) -> None:
        """Mark the headings at the end of the text, with nothing left below them."""
        for index in reversed(range(len(self._lines))):
            pattern = self._patterns[index]
            if self.reasons[index] is None and pattern and pattern.scope == "headings":
                self.reasons[index] = pattern.reason
            if self.reasons[index] is None:
                return

    def _mark_all(self, indexes: Iterable[int], reason: str) -> None:
        for index in indexes:
            self.reasons[index] = self.reasons[index] or reason

    def _is_prose(self, index: int) -> bool:
        """Tell whether a line that stays reads as a part of an article."""
        line = self._lines[index]
        if self.reasons[index] is not None or self._patterns[index] is not None:
            return False
        return not line or len(line) > _TITLE or (len(line) > _SHORT and line.endswith(_FULL_STOPS))

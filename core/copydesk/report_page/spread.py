"""How numbers are spread: sum, quantiles and a histogram, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import define, field, frozen

_DIGITS = 3  # that are kept of each number: quantiles are at most 1 % too low


@frozen
class Bin:
    """A bar of a histogram."""

    start: int
    end: int
    """Exclusive."""
    count: int


@define
class Spread:
    """Numbers of 0 or more, counted by their first digits."""

    count: int = 0
    total: int = 0
    most: int = 0
    _counts: Counter[int] = field(init=False, factory=Counter)

    def add(self, number: int) -> None:
        """Take in one number."""
        self.count += 1
        self.total += number
        self.most = max(self.most, number)
        unit = 10 ** max(0, len(str(number)) - _DIGITS)
        self._counts[number // unit * unit] += 1

    def quantile(self, share: float) -> int:
        """Return the number that `share` (0 to 1) of all do not exceed, 0 if there are none."""
        left = share * self.count
        for number in sorted(self._counts):
            left -= self._counts[number]
            if left <= 0:
                return number
        return 0

    def bins(self) -> Iterator[Bin]:
        """Yield a histogram from the least to the most, with edges at 0, 1, 2, 5, 10, 20, ..."""
        if not self.count:
            return
        least = min(self._counts)
        start = 0
        for end in _edges():
            if end > least:
                inside = [n for number, n in self._counts.items() if start <= number < end]
                yield Bin(start, end, sum(inside))
            if end > self.most:
                return
            start = end


def _edges() -> Iterator[int]:
    """Yield 1, 2, 5, 10 and so on: none of them cuts through numbers with equal first digits."""
    unit = 1
    while True:
        yield from (unit, 2 * unit, 5 * unit)
        unit *= 10

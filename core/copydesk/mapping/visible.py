"""A text without its markup, that knows where its characters stood, and how it reads squeezed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain

from copydesk.spans import Span

_BLOCK = 512  # characters of which the letters are counted at once


def squeeze(text: str) -> str:
    """Return the letters of `text`: all of it but white space."""
    # Blanks go first, since they are most of it and replacing is ten times as fast as splitting.
    words = text.replace(" ", "").split()
    return words[0] if len(words) == 1 else "".join(words)


class Visible:
    """What is left of a text when spans of it are passed over."""

    def __init__(self, whole: str, markup: Sequence[Span] = ()) -> None:
        edges = [0, *chain.from_iterable(markup), len(whole)]
        pieces = [whole[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
        self.whole = whole
        self.text = "".join(pieces)
        """The text without markup."""
        self.letters = squeeze(self.text)
        """The same, without white space."""
        self._starts = edges[::2]
        self._firsts = list(accumulate(map(len, pieces), initial=0))[:-1]

    def places(self, start: int, end: int) -> Iterator[Span]:
        """Yield where a span of the visible text stands in the whole text, piece by piece."""
        index = bisect_right(self._firsts, start)
        while start < end:
            stop = min(end, self._firsts[index]) if index < len(self._firsts) else end
            if start < stop:
                first = self._starts[index - 1] + start - self._firsts[index - 1]
                yield first, first + stop - start
            start = stop
            index += 1

    def place(self, letter: int) -> int:
        """Return where a letter, counted from 0, stands in the visible text."""
        block = bisect_right(self._counts, letter) - 1
        start, size, letter = block * _BLOCK, _BLOCK, letter - self._counts[block]
        while size > 1:
            half = size // 2
            before = len(squeeze(self.text[start : start + half]))
            if before <= letter:
                letter -= before
                start += half
                size -= half
            else:
                size = half
        return start

    @cached_property
    def _counts(self) -> list[int]:
        """How many letters there are before each block."""
        blocks = (self.text[at : at + _BLOCK] for at in range(0, len(self.text), _BLOCK))
        return list(accumulate((len(squeeze(block)) for block in blocks), initial=0))

"""Cuts lines out of a text so that no blank residue is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from copydesk.api import Span

_BREAK = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")


@frozen
class Cut:
    """A span to take out of a text."""

    start: int
    end: int
    reason: str


def cut_lines(text: str, lines: Sequence[Span], reasons: Sequence[str | None]) -> Iterator[Cut]:
    """Yield the lines that have a reason to go, each with a line break.

    `lines` are all lines that are not blank. Of the gaps around lines that go together, the larger
    one is left, and at the edges of the text none.
    """
    run: list[int] = []
    for index, reason in enumerate([*reasons, None]):
        if reason is not None:
            run.append(index)
        elif run:
            yield from _cut_run(text, lines, reasons, run)
            run = []


def _cut_run(
    text: str, lines: Sequence[Span], reasons: Sequence[str | None], run: Sequence[int]
) -> Iterator[Cut]:
    first, last = run[0], run[-1]
    before = lines[first - 1][1] if first else 0
    after = lines[last + 1][0] if last + 1 < len(lines) else len(text)
    starts = [lines[index][0] for index in run]
    end = lines[last][1]
    if last + 1 == len(lines):
        starts[0], end = before, after
    elif first and _breaks(text, end, after) > _breaks(text, before, starts[0]):
        starts[0] = before
    else:
        end = [match.end() for match in _BREAK.finditer(text, end, after)][-1]
        starts[0] = starts[0] if first else 0
    for index, (start, stop) in zip(run, pairwise([*starts, end]), strict=True):
        yield Cut(start, stop, reasons[index] or "")


def _breaks(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _BREAK.finditer(text, start, end))

"""Takes boilerplate lines and sentences off the edges of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import Attribute, field, frozen
from attrs.validators import ge

from copydesk.api import Document, Span
from copydesk_boilerplate.edges import lines_at_edges, sentences
from copydesk_boilerplate.phrases import Matcher, Pattern, normalize_text, read_patterns

_REACH = 400  # characters; a longer line or sentence is the article's own
_TOGETHER = 3  # sentences that one pattern may span
_BREAK = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")


def _compiles(
    _: object, attribute: Attribute[dict[str, tuple[str, ...]]], value: dict[str, tuple[str, ...]]
) -> None:
    for reason, expressions in value.items():
        for expression in expressions:
            try:
                re.compile(expression)
            except re.error as error:
                raise ValueError(f"{attribute.name}.{reason}: '{expression}': {error}") from error


@frozen
class Options:
    """Which lines and sentences are taken out."""

    edge_lines: int = field(default=20, validator=ge(0))
    """Lines at each end of the text, blank ones not counted, that are looked at."""
    patterns: dict[str, tuple[str, ...]] = field(factory=dict, validator=_compiles)
    """Regular expressions of your own for a whole line or sentence, by the reason to give."""


@frozen
class _Cut:
    """A span to take out."""

    start: int
    end: int
    reason: str


class Lines:
    """The step `boilerplate.lines`: what is taken out stays in `removed`, with the reason.

    A text that is nothing but boilerplate stays as it is.
    """

    def __init__(self, options: Options) -> None:
        own = [
            Pattern(reason, "sentences", expression)
            for reason, expressions in options.patterns.items()
            for expression in expressions
        ]
        patterns = [*own, *read_patterns()]
        self._edge_lines = options.edge_lines
        self._lines = Matcher(p for p in patterns if p.scope in ("lines", "sentences"))
        self._sentences = Matcher(p for p in patterns if p.scope == "sentences")
        self._headings = Matcher(p for p in patterns if p.scope == "headings")

    def process(self, document: Document) -> Document:
        """Return the document without the boilerplate at the edges of its text."""
        gone = 0
        for cut in self.find(document.text or ""):
            document = document.without([(cut.start - gone, cut.end - gone)], cut.reason)
            gone += cut.end - cut.start
        return document

    def find(self, text: str) -> list[_Cut]:
        """Return what to take out of `text`, in its order."""
        lines = lines_at_edges(text, self._edge_lines)
        reasons = [self._line_reason(text[start:end]) for start, end in lines]
        self._add_headings(text, lines, reasons)
        kept = [line for line, reason in zip(lines, reasons, strict=True) if reason is None]
        if not kept:
            return []
        opening = list(self._at_start(text, kept[0]))
        low = max(kept[-1][0], opening[-1].end) if opening else kept[-1][0]
        closing = self._at_end(text, kept[-1], low)
        cuts = [*_whole_lines(text, lines, reasons), *opening, *closing]
        return sorted(cuts, key=lambda cut: cut.start)

    def _line_reason(self, line: str) -> str | None:
        """Return why a whole line is boilerplate: by itself, or each of its sentences."""
        if len(line) > _REACH:
            return None
        reason = self._lines.reason(normalize_text(line))
        if reason is None:
            peeled = list(self._peel([line[start:end] for start, end in sentences(line)]))
            if sum(size for size, _ in peeled) == len(line):
                return peeled[0][1]
        return reason

    def _add_headings(self, text: str, lines: list[Span], reasons: list[str | None]) -> None:
        """Give a reason to the headings under which nothing is left."""
        for index in range(len(lines) - 1, -1, -1):
            start, end = lines[index]
            if reasons[index] is None and end - start <= _REACH:
                reasons[index] = self._headings.reason(normalize_text(text[start:end]))
            if reasons[index] is None:
                return

    def _at_start(self, text: str, line: Span) -> Iterator[_Cut]:
        """Yield the boilerplate sentences that the first line begins with."""
        at, end = line[0], min(line[1], line[0] + _REACH)
        pieces = [text[at + a : at + b] for a, b in sentences(text[at:end])]
        whole = pieces if end == line[1] else pieces[:-1]
        for size, reason in self._peel(whole):
            yield _Cut(at, at + size, reason)
            at += size

    def _at_end(self, text: str, line: Span, low: int) -> Iterator[_Cut]:
        """Yield the boilerplate sentences that the last line ends with, after `low`."""
        start, at = max(low, line[1] - _REACH), line[1]
        pieces = [text[start + a : start + b] for a, b in sentences(text[start:at])][1:]
        for size, reason in self._peel(pieces[::-1], backwards=True):
            first = len(text[start : at - size].rstrip()) + start
            yield _Cut(first, at, reason)
            at = first

    def _peel(self, pieces: list[str], *, backwards: bool = False) -> Iterator[tuple[int, str]]:
        """Yield size and reason of the sentences that are boilerplate, until one is not."""
        index = 0
        while index < len(pieces):
            for count in range(1, _TOGETHER + 1):
                some = pieces[index : index + count]
                text = "".join(reversed(some) if backwards else some)
                reason = self._sentences.reason(normalize_text(text))
                if reason is not None:
                    yield len(text), reason
                    index += len(some)
                    break
            else:
                return


def _whole_lines(text: str, lines: list[Span], reasons: list[str | None]) -> Iterable[_Cut]:
    """Yield the lines to take out, each with a line break, so that no blank residue is left."""
    run: list[tuple[Span, str]] = []
    for line, reason in zip([*lines, (0, 0)], [*reasons, None], strict=True):
        if reason is not None and (not run or not text[run[-1][0][1] : line[0]].strip()):
            run.append((line, reason))
        elif run:
            yield from _cut_run(text, run)
            run = [(line, reason)] if reason is not None else []


def _cut_run(text: str, run: list[tuple[Span, str]]) -> Iterator[_Cut]:
    """Yield the lines of a run; of the gaps around it, the one that is left is the larger."""
    edges = [line[0] for line, _ in run] + [run[-1][0][1]]
    before, after = _gap_before(text, edges[0]), _gap_after(text, edges[-1])
    if before == 0:
        edges[0] = 0
    if after == len(text):
        edges[0], edges[-1] = before, after
    elif _breaks(text, edges[-1], after) > _breaks(text, before, edges[0]) and before:
        edges[0] = before
    else:
        edges[-1] = after
    for (_, reason), start, end in zip(run, edges, edges[1:], strict=False):
        yield _Cut(start, end, reason)


def _gap_before(text: str, at: int) -> int:
    """Return where the blanks that end at `at` begin."""
    return len(text[:at].rstrip())


def _gap_after(text: str, at: int) -> int:
    """Return where the next line that is not blank begins, or the end of the text."""
    rest = len(text) - len(text[at:].lstrip())
    if rest == len(text):
        return rest
    breaks = list(_BREAK.finditer(text, at, rest))
    return breaks[-1].end() if breaks else rest


def _breaks(text: str, start: int, end: int) -> int:
    return len(_BREAK.findall(text, start, end))

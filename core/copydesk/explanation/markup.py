"""Tells what a reader sees of a page from its tags, scripts and comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from attrs import evolve

from copydesk.explanation.piece import Piece, Placed
from copydesk.spans import Span

# Each of these ends at the next `<` at the latest, so that the search takes linear time.
_TOKEN = re.compile(r"<!--|-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]{0,20}+)?[^<>]*+>")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg"})


def find_markup(page: str) -> Iterator[Span]:
    """Yield the spans of a page that no reader sees, in order and apart."""
    hidden_by, since = "", 0
    for token in _TOKEN.finditer(page):
        name = (token["name"] or token[0]).lower()
        if hidden_by:
            if (token["close"] and name == hidden_by) or (hidden_by == "<!--" and name == "-->"):
                yield since, token.end()
                hidden_by = ""
        elif name == "<!--" or (name in _UNSEEN and not token["close"]):
            hidden_by, since = name, token.start()
        elif name != "-->":
            yield token.span()
    if hidden_by:
        yield since, len(page)


def drop_markup(pieces: Iterable[Placed], page: str) -> Iterator[Placed]:
    """Yield pieces without the markup in what went, and without white space that came or went."""
    hidden = list(find_markup(page))
    waiting: Placed | None = None
    for placed in pieces:
        piece = placed.piece
        if piece.kind == "removed":
            span = placed.start, placed.start + len(piece.text)
            text = " ".join(unescape("".join(_visible(page, span, hidden))).split())
            piece = evolve(piece, text=text)
        if piece.kind != "kept" and not piece.text.strip():
            continue
        if waiting is not None and _is_echo(piece, waiting.piece):
            waiting, piece = None, evolve(piece, kind="kept")
        if waiting is not None:
            yield waiting
        waiting = evolve(placed, piece=piece)
    if waiting is not None:
        yield waiting


def _is_echo(piece: Piece, before: Piece) -> bool:
    """Return whether something came that just went as an escape, such as `&amp;`."""
    return (before.kind, piece.kind, before.text) == ("removed", "added", piece.text.strip())


def _visible(page: str, span: Span, hidden: Sequence[Span]) -> Iterator[str]:
    """Yield what a reader sees of a span of a page."""
    at, end = span
    if page.startswith("&amp;", at - 1):
        at += len("amp;")  # the `&` before it has stayed: it went as an escape
    for index in range(bisect_right(hidden, at, key=lambda other: other[1]), len(hidden)):
        first, last = hidden[index]
        if first >= end:
            break
        yield page[at : max(at, first)]
        yield " "
        at = last
    yield page[at : max(at, end)]

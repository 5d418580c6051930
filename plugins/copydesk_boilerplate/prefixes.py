"""Finds what the matches of a regular expression can begin with, so that few need to be tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_LENGTH = 3  # characters of a beginning; more would not part the patterns better
_MANY = 500  # beginnings of one expression; with more it is tried on everything
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|[*+?]|\{\d*,?\d*\}|.", re.DOTALL)

_Head = tuple[str, bool]
"""A beginning, and whether what comes next in the expression continues it."""

_UNKNOWN: set[_Head] = {("", False)}


def find_prefixes(expression: str) -> set[str]:
    """Return the beginnings, of up to three characters, that every match has one of.

    The empty one is among them where they cannot be told.
    """
    pieces = _PIECE.findall(expression)
    if any(one == "(" and two == "?" for one, two in pairwise(pieces)):
        return {""}  # flags and the like
    heads = _read(iter([*pieces, ")"]))
    return {text for text, _ in heads} if len(heads) <= _MANY else {""}


def _read(pieces: Iterator[str]) -> set[_Head]:
    """Return the beginnings of a group, up to its closing bracket."""
    found: set[_Head] = set()
    heads: set[_Head] = {("", True)}
    last: set[_Head] = {("", True)}
    for piece in pieces:
        if piece in "*+?" or piece.startswith("{"):
            last = _repeat(last, piece)
            continue
        heads = _extend(heads, last)
        last = {("", True)}
        end = piece
        if piece not in ")|":
            if all(not goes_on or len(text) == _LENGTH for text, goes_on in heads):
                end = _skip(pieces, piece)
            else:
                last = _read(pieces) if piece in ("(", "(?:") else _item(piece)
        if end in ")|":
            found |= heads
            heads = {("", True)}
        if end == ")":
            break
    return found


def _skip(pieces: Iterator[str], piece: str) -> str:
    """Pass over the rest of an alternative, from `piece` on; return what ends it."""
    depth = 0
    while depth > 0 or piece not in ")|":
        depth += (piece in ("(", "(?:")) - (piece == ")")
        piece = next(pieces)
    return piece


def _item(piece: str) -> set[_Head]:
    """Return the beginnings of a character, an escape or a class."""
    if piece.startswith("[") and not re.search(r"^\[\^|-|\\[^d]", piece):
        return {
            head
            for one in re.findall(r"\\?.", piece[1:-1])
            for head in (_item(one) if len(one) > 1 else {(one, True)})
        }
    if piece == r"\d":
        return {(digit, True) for digit in "0123456789"}
    if len(piece) == 2 and not piece[1].isalnum():
        return {(piece[1], True)}
    return _UNKNOWN if len(piece) > 1 or piece in ".^$" else {(piece, True)}


def _repeat(heads: set[_Head], piece: str) -> set[_Head]:
    """Return the beginnings of what comes as often as a quantifier says."""
    once = {(text, goes_on and piece == "?") for text, goes_on in heads}
    may_miss = piece in "?*" or piece.startswith(("{0", "{,"))
    return once | {("", True)} if may_miss else once


def _extend(heads: set[_Head], last: set[_Head]) -> set[_Head]:
    """Return the beginnings with what comes after them."""
    if len(heads) > _MANY:
        return _UNKNOWN
    return {
        ((text + more)[:_LENGTH], goes_on)
        for text, open_ended in heads
        for more, goes_on in (last if open_ended and len(text) < _LENGTH else {("", open_ended)})
    }

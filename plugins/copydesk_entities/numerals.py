"""Reads numbers written in digits of any script, with the separators of any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

SPACES = " \u00a0\u202f\u2009"
"""The spaces that stand between groups of digits, or between a number and its unit."""
_POINTS = {"\u066b": ".", "\uff0e": ".", "\uff0c": ",", ".": ".", ",": ","}
_QUOTES = "'’\u066c"
_TOKEN = re.compile(
    rf"\d++(?:[{re.escape(''.join(_POINTS) + _QUOTES)}]\d++|[{SPACES}]\d{{3}}(?!\d)){{0,8}}+"
)
_PART = re.compile(r"(\d+)|\D")
_CHAIN_AFTER = re.compile(r":\d|-\d{1,9}-\d")
_CHAIN_BEFORE = re.compile(r"\d:$|\d-(?:\d{1,9}-)$")
_JOINT_AFTER = re.compile(r"-\d")
_JOINT_BEFORE = re.compile(r"\d-$")
_WINDOW = 12
_MOST_DIGITS = 30
"""A longer run is an identifier, not a quantity."""

Number = int | float
"""An integer wherever the value is whole."""


@frozen
class Numeral:
    """A number as it is written in digits."""

    start: int
    end: int
    number: Number


def read(text: str, start: int, decimal: str) -> tuple[Numeral | None, int]:
    """Return the number whose first digit is at `start`, and where to look for the next one.

    `decimal` is the mark before fractions, `.` or `,`, or empty when the language is not known.
    There is no number in a chain of points, as in versions and addresses.
    """
    token = _TOKEN.match(text, start)
    if token is None:
        return None, start + 1
    groups, marks = _split(token.group())
    if len(groups[0]) > _MOST_DIGITS:
        return None, start + len(groups[0])
    count, has_fraction = _extent(groups, marks, decimal)
    if count == 0:
        return None, token.end()
    digits = groups[:count]
    end = start + sum(map(len, digits)) + count - 1
    return Numeral(start, end, _value(digits, has_fraction=has_fraction)), end


def multiply(number: Number, factor: int) -> Number:
    """Return the exact product: 13.7 times a billion is the int 13,700,000,000."""
    return _plain(Decimal(str(number)) * factor)


def _value(digits: Sequence[str], *, has_fraction: bool) -> Number:
    if not has_fraction:
        return int("".join(digits))
    whole, fraction = int("".join(digits[:-1])), int(digits[-1])
    return _plain(Decimal(f"{whole}.{fraction:0{len(digits[-1])}}"))


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else float(number)


def _split(token: str) -> tuple[list[str], list[str]]:
    """Return the groups of digits and the marks between them."""
    groups: list[str] = []
    marks: list[str] = []
    for part in _PART.finditer(token):
        if part[1]:
            groups.append(part[1])
        else:
            marks.append(" " if part[0] in SPACES else _POINTS.get(part[0], part[0]))
    return groups, marks


def _extent(groups: Sequence[str], marks: Sequence[str], decimal: str) -> tuple[int, bool]:
    """Return how many groups make the number, and whether the last one is its fraction."""
    if not marks:
        return 1, False
    mark = marks[0]
    thousands = _thousands(groups, marks)
    if thousands == 1:
        may_be_decimal = mark == "." or (mark == "," and decimal != ".")
        return _with_fraction(marks, 1) if may_be_decimal else (1, False)
    if thousands == 2 and mark in (".", ",") and _is_decimal(mark, groups, decimal):
        return _with_fraction(marks, 1)
    if thousands <= len(marks) and marks[thousands - 1] in (".", ","):
        return _with_fraction(marks, thousands)
    return thousands, False


def _with_fraction(marks: Sequence[str], whole: int) -> tuple[int, bool]:
    """Take the next group as the fraction, unless the same mark goes on after it."""
    if whole < len(marks) and marks[whole] == marks[whole - 1]:
        return (0, False) if marks[whole] == "." else (whole, False)
    return whole + 1, True


def _thousands(groups: Sequence[str], marks: Sequence[str]) -> int:
    """Return how many groups are one number split at the thousands, or in the Indian way."""
    if len(groups[0]) > 3 or int(groups[0]) == 0:
        return 1
    count = 1
    while count < len(groups) and marks[count - 1] == marks[0] and len(groups[count]) in (2, 3):
        count += 1
    if count < len(groups) and marks[count - 1] == marks[0] and marks[0] != " ":
        return 1
    while count > 1 and len(groups[count - 1]) != 3:
        count -= 1
    inner = {len(group) for group in groups[1 : count - 1]}
    is_indian = marks[0] == "," and inner == {2} and len(groups[0]) <= 2
    return count if inner <= {3} or is_indian else 1


def _is_decimal(mark: str, groups: Sequence[str], decimal: str) -> bool:
    """Say whether the mark before three digits is the decimal one, as in the Spanish `3,125`."""
    return mark == decimal or (not decimal and mark == "." and len(groups) == 2)


def is_chain(text: str, start: int, end: int) -> bool:
    """Say whether hyphens or colons make the digits a part of a telephone number or a time."""
    before = text[max(start - _WINDOW, 0) : start]
    if _CHAIN_AFTER.match(text, end) or _CHAIN_BEFORE.search(before):
        return True
    return bool(_JOINT_AFTER.match(text, end) and _JOINT_BEFORE.search(before))

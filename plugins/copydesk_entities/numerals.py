"""Reads numbers written in digits of any script, with the separators of any language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

_SPACES = " \u00a0\u202f\u2009"
_POINTS = ".,\u066b\uff0e\uff0c"
_QUOTES = "'’\u066c٬"
_TOKEN = re.compile(
    rf"(?:\d++)(?:[{re.escape(_POINTS + _QUOTES + _SPACES)}]\d++){{0,8}}+",
)
_PARTS = re.compile(r"(\d+)|(\D)")
FIRST = re.compile(r"\d")
"""Where a number may begin."""
_COMMAS = {"\u066b": ".", "\uff0e": ".", "\uff0c": ","}
_POINT_LANGUAGES = frozenset(
    "en zh ja ko hi th he ms fil bn ta te ml kn gu mr ne pa si my cy ga sw km lo".split()
)
_BIGGEST = 30
"""Digits; a longer run is an identifier, not a quantity."""


@frozen
class Numeral:
    """A number as it is written in digits."""

    start: int
    end: int
    number: int | float
    is_plain: bool
    """Digits alone, without separators."""


def read(text: str, start: int, tongues: Sequence[str]) -> tuple[Numeral | None, int]:
    """Return the number at `start`, and where to look for the next one.

    There is none in dotted chains such as versions and addresses.
    """
    token = _TOKEN.match(text, start)
    if token is None:
        return None, start + 1
    groups, separators = _split(token.group())
    if len(groups[0]) > _BIGGEST:
        return None, start + len(groups[0])
    count, decimal = _extent(groups, separators, tongues)
    if count == 0:
        return None, token.end()
    digits = groups[:count]
    length = sum(map(len, digits)) + count - 1
    whole = "".join(digits[:-1] if decimal else digits)
    number = float(f"{int(whole)}.{_ascii(digits[-1])}") if decimal else int(whole)
    end = start + length
    return Numeral(start, end, _short(number), count == 1), end


def _split(token: str) -> tuple[list[str], list[str]]:
    groups, separators = [], []
    for digits, separator in _PARTS.findall(token):
        if digits:
            groups.append(digits)
        else:
            separators.append(_COMMAS.get(separator, separator))
    return groups, separators


def _extent(groups: list[str], separators: list[str], tongues: Sequence[str]) -> tuple[int, bool]:
    """Return how many groups make the number, and whether the last is a fraction."""
    if not separators:
        return 1, False
    mark = separators[0]
    grouped = _grouped(groups, separators)
    if grouped > 1:
        after = separators[grouped - 1] if grouped <= len(separators) else ""
        if grouped == 2 and mark in ".," and _is_decimal(groups, mark, tongues):
            return _fraction(groups, separators, 1)
        if after in (".", ",") and after != mark:
            return _fraction(groups, separators, grouped)
        return grouped, False
    if mark in ".," and (mark == "." or _comma_may_be_decimal(tongues)):
        return _fraction(groups, separators, 1)
    return 1, False


def _fraction(groups: list[str], separators: list[str], whole: int) -> tuple[int, bool]:
    """Take the next group as the fraction, unless a chain of points goes on."""
    if len(separators) > whole and separators[whole] == separators[whole - 1]:
        if separators[whole] == ".":
            return 0, False
        return whole, False
    return whole + 1, True


def _grouped(groups: list[str], separators: list[str]) -> int:
    """Return how many groups are one number split at the thousands (or in the Indian way)."""
    mark = separators[0]
    if not 1 <= len(groups[0]) <= 3 or groups[0][0] in "0٠۰०":
        return 1
    count = 1
    for separator, group in zip(separators, groups[1:], strict=True):
        if separator != mark or len(group) not in (2, 3):
            break
        if len(group) == 2 and mark != ",":
            break
        count += 1
    while count > 1 and len(groups[count - 1]) != 3:
        count -= 1
    middle = {len(group) for group in groups[1 : count - 1]}
    if len(middle) > 1:
        return 1
    following = groups[count] if count < len(groups) else ""
    if following and separators[count - 1] == mark and mark != " ":
        return 1
    return count


def _is_decimal(groups: list[str], mark: str, tongues: Sequence[str]) -> bool:
    """Say whether a lone `mark` before three digits is the decimal one."""
    if not tongues:
        return mark == "." and len(groups) == 2
    points = tongues[0] in _POINT_LANGUAGES
    return (mark == ".") == points


def _comma_may_be_decimal(tongues: Sequence[str]) -> bool:
    return not tongues or tongues[0] not in _POINT_LANGUAGES


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)


def _short(number: int | float) -> int | float:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def multiply(number: int | float, factor: int) -> int | float:
    """Return the product without the dust of binary fractions: 13.7 x 10^9 is an int."""
    from decimal import Decimal  # noqa: PLC0415 - slow to import

    product = Decimal(str(number)) * factor
    return int(product) if product == product.to_integral_value() else float(product)

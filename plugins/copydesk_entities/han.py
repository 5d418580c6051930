"""Reads numbers written in Chinese characters, as in `三千万`."""

from __future__ import annotations

import re

DIGITS = "零〇一二三四五六七八九"
_VALUES = {letter: max(index - 1, 0) for index, letter in enumerate(DIGITS)} | {"两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
LETTERS = "".join([*_VALUES, *_SMALL, *_LARGE])
"""Every character that such a number is made of."""
NUMERAL = re.compile(f"[{LETTERS}]{{1,24}}+")
"""A run of them, which need not be a number: ask `read`."""


def read(run: str) -> int | None:
    """Return the number that a run of characters stands for, or nothing if it is none."""
    if all(letter in _VALUES for letter in run):
        digits = "".join(str(_VALUES[letter]) for letter in run)
        return int(digits) if len(run) != 2 else None  # `二三` is "two or three"
    total = section = digit = 0
    for letter in run:
        if letter in _VALUES:
            if digit:
                return None
            digit = _VALUES[letter]
        elif letter in _SMALL:
            section += (digit or 1) * _SMALL[letter]
            digit = 0
        else:
            total = (
                (total + section + digit or 1) * _LARGE[letter]
                if _grows(total, letter)
                else total + (section + digit or 1) * _LARGE[letter]
            )
            section = digit = 0
    return total + section + digit


def _grows(total: int, letter: str) -> bool:
    """Say whether the unit multiplies all that came before, as in `一万亿`."""
    return 0 < total < _LARGE[letter]

"""Tests of the reading of Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_entities import han


@pytest.mark.parametrize(
    ("run", "number"),
    [
        ("十", 10),
        ("十三", 13),
        ("二十五", 25),
        ("两百万", 2_000_000),
        ("三千万", 30_000_000),
        ("一百二十亿", 12_000_000_000),
        ("一亿两千万", 120_000_000),
        ("一万亿", 10**12),
        ("二〇二四", 2024),
        ("百亿", 10**10),
        ("二三", None),
        ("二三十", None),
    ],
)
def test_read(run: str, number: int | None) -> None:
    """Digits multiply the unit after them; two digits side by side are "two or three"."""
    assert number == han.read(run)


@given(st.text(alphabet=han.LETTERS, min_size=1, max_size=24))
def test_any_run_is_survived(run: str) -> None:
    """A run is a number that is not negative, or none."""
    number = han.read(run)

    assert number is None or number >= 0

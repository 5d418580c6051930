"""Tests of the tables of words."""

from __future__ import annotations

import pytest

from copydesk_entities import tables

TABLES = tables.load()


@pytest.mark.parametrize(
    ("table", "word", "value"),
    [
        ("currencies", "us-dollar", "USD"),
        ("currencies", "美元", "USD"),
        ("scales", "milliarden", "1000000000"),
        ("scales", "مليارات", "1000000000"),
        ("percents", "la sută", "percent"),
        ("percents_before", "yüzde", "percent"),
        ("months", "במרץ", "3"),
        ("symbols", "hk$", "HKD"),
    ],
)
def test_words_of_both_files(table: str, word: str, value: str) -> None:
    """Words of CLDR and of everyday news are in the tables, in lower case."""
    found = getattr(TABLES, table).beginning(word, 0)

    assert found is not None
    assert value in {meaning.value for meaning in found.meanings}


def test_facts_by_language() -> None:
    """The decimal mark and the order of dates come from CLDR."""
    assert (",", ".") == (TABLES.decimals["de"], TABLES.decimals["en"])
    assert ("dmy", "mdy") == (TABLES.orders["de"], TABLES.orders["en"])

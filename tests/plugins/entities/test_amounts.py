"""Tests of `entities.amounts`."""

from __future__ import annotations

from copydesk.api import Document, Encoding, Item, Value
from copydesk_entities.amounts import Amounts, Options


def test_french_milliards_of_dollars_are_money() -> None:
    """`12 milliards de dollars` is 12,000,000,000 US dollars."""
    encoding = Encoding("utf-8", "utf-8")
    document = Document(Item("a.txt")).decoded("Soit 12 milliards de dollars.", encoding)

    found = Amounts(Options()).process(document).entities

    assert [Value(12_000_000_000, "USD")] == [entity.value for entity in found]
    assert ["12 milliards de dollars"] == [entity.text for entity in found]

"""What pages and collections say, put together."""

from __future__ import annotations

from copydesk.metadata import Metadata


def test_gaps_are_filled_field_by_field() -> None:
    """What is said stays; where nothing is said the other fills in, lists as wholes."""
    page = Metadata(title="Page", authors=("Anne",), url="")
    collection = Metadata(title="Line", authors=("Ben",), url="x:y", tags=("a", "b"))

    filled = page.filled(collection)

    assert Metadata(title="Page", authors=("Anne",), url="x:y", tags=("a", "b")) == filled
    assert page.filled(Metadata()).title == page.title

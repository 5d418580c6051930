"""Refuses pages that would keep a parser or an extractor busy for minutes."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.api import DocumentError, Span
from copydesk_boilerplate.markup import count_attribute_pairs

_ATTRIBUTE_PAIRS = 2_000_000_000  # what a parser compares in a few seconds


def refuse_heavy(page: str, markup: Sequence[Span], max_tags: int) -> None:
    """Raise `DocumentError` for a page with more tags, or attributes in one, than can be read."""
    tags = page.count("<")
    if tags > max_tags:
        raise DocumentError(f"{tags} tags, more than max_tags ({max_tags})")
    if count_attribute_pairs(page, markup) > _ATTRIBUTE_PAIRS:
        raise DocumentError("a tag has too many attributes to be parsed in seconds")

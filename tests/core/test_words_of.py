"""The words of a record, made again from its JSON."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Document, Item, Metadata, words_of
from copydesk.record import publish


@given(title=st.none() | st.text(), text=st.text())
def test_words_are_those_of_the_record(title: str | None, text: str) -> None:
    """A record and its JSON have the same words, whatever the text."""
    document = Document(Item("a.txt"), text=text, metadata=Metadata(title=title))
    record = publish(document, (), "f")

    assert record.words() == words_of(record.to_json())


def test_what_is_no_record_has_no_words() -> None:
    """JSON of another shape, or no JSON at all, has no words."""
    assert ["", "", ""] == [words_of(b"{}"), words_of(b"[1]"), words_of(b"no")]

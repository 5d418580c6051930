"""The step that takes boilerplate off the edges of plain text."""

from __future__ import annotations

from copydesk.api import Document, Encoding, Item
from copydesk_boilerplate.lines import Lines, Options


def strip(text: str, options: Options | None = None) -> Document:
    document = Document(Item("a.txt")).decoded(text, Encoding("utf-8", "utf-8"))
    return Lines(options or Options()).process(document)


def reasons(document: Document) -> list[tuple[str, str]]:
    return [(removed.text.strip(), removed.reason) for removed in document.removed]


def test_english_footer_under_german_text() -> None:
    """The patterns of every language are tried on every document."""
    document = strip("Ein Satz.\nDiscussion\nJoin the conversation\nBe the first to comment")

    assert "Ein Satz." == document.text
    assert ["comments"] * 3 == [reason for _, reason in reasons(document)]


def test_heading_above_text_stays() -> None:
    """A word that may be a heading of the article goes only where no text is left below it."""
    text = "First.\nDiscussion\nWe discuss what we found in this section."

    assert text == strip(text).text

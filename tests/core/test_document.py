"""The laws of the document: whatever is cut out, the map to the source holds."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from copydesk.document import Document, Encoding, Entity, LanguageSpan
from copydesk.item import Item
from copydesk.spans import Segment, Span, merge

texts = st.text("ab <>é中\n", max_size=40)
cuts = st.lists(
    st.lists(st.tuples(st.integers(-2, 42), st.integers(-2, 42)), max_size=4), max_size=4
)


def decode(text: str) -> Document:
    """Return a document whose decoded source is `text`."""
    return Document(Item("a.txt")).decoded(text, Encoding("utf-8", "utf-8"))


def check(document: Document) -> None:
    """Check the laws that hold for every document."""
    text, source = document.text or "", document.source or ""
    at = 0
    for segment in document.segments:
        assert at <= segment.start < segment.end <= len(text)
        assert 0 <= segment.source_start < segment.source_end <= len(source)
        assert (
            source[segment.source_start : segment.source_end] == text[segment.start : segment.end]
        )
        at = segment.end
    for removed in document.removed:
        assert removed.start is None or source[removed.start : removed.end] == removed.text
        assert (removed.start is None) == (removed.end is None)


def take_out(document: Document, rounds: list[list[Span]]) -> Document:
    """Cut the spans of each round out of what the rounds before left."""
    for number, spans in enumerate(rounds):
        document = document.without(spans, f"round {number}")
    return document


@given(texts, cuts)
def test_text_is_the_source_without_what_was_removed(text: str, rounds: list[list[Span]]) -> None:
    """For plain text, what is left and what was removed are the source, each character once."""
    document = take_out(decode(text), rounds)
    check(document)
    gone = sorted((r.start, r.end) for r in document.removed if r.start is not None and r.end)
    edges = [0, *(edge for span in gone for edge in span), len(text)]

    assert document.text == "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert sorted(text) == sorted((document.text or "") + "".join(r.text for r in document.removed))


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5), cuts)
def test_extracted_text_keeps_the_laws(
    text: str, kept: list[Span], rounds: list[list[Span]]
) -> None:
    """Segments stay exact when the text is extracted first and cut afterwards."""
    new = "\n".join(text[start:end] for start, end in merge(kept, len(text)))
    document = decode(text).with_text(new, [])
    check(document)
    check(take_out(document, rounds))

    assert new == document.text


@given(texts, texts, cuts)
def test_nothing_is_lost_from_a_text_without_a_map(
    old: str, new: str, rounds: list[list[Span]]
) -> None:
    """What was removed is kept even where it has no place in the source."""
    document = take_out(decode(old).with_text(new), rounds)
    check(document)

    assert sorted(new) == sorted((document.text or "") + "".join(r.text for r in document.removed))


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5), cuts)
def test_entities_cover_the_same_characters(
    text: str, spans: list[Span], rounds: list[list[Span]]
) -> None:
    """An entity keeps its text and its place in the source, or goes if it loses a character."""
    entities = tuple(
        Entity(start, end, text[start:end], f"{start} {end}")
        for start, end in spans
        if start < end <= len(text)
    )
    document = take_out(evolve(decode(text), entities=entities), rounds)
    gone = [(r.start, r.end) for r in document.removed]

    assert all(
        entity.text == (document.text or "")[entity.start : entity.end]
        for entity in document.entities
    )
    assert sorted(entity.label for entity in document.entities) == sorted(
        entity.label
        for entity in entities
        if not any(a is not None and b and a < entity.end and entity.start < b for a, b in gone)
    )


@given(texts, st.integers(0, 40), st.integers(0, 40), cuts)
def test_language_spans_cover_the_same_characters(
    text: str, start: int, end: int, rounds: list[list[Span]]
) -> None:
    """A language span covers what is left of the characters that it covered, and nothing else."""
    if not start < end <= len(text):
        return
    whole = evolve(decode(text), languages=(LanguageSpan(start, end, "de"),))
    document = take_out(whole, rounds)
    expected = {
        at
        for segment in document.segments
        for at in range(segment.start, segment.end)
        if start <= segment.source_start + at - segment.start < end
    }

    assert expected == {at for span in document.languages for at in range(span.start, span.end)}


def test_html_maps_through_two_steps() -> None:
    """A cut after an extraction is told in offsets of the decoded source."""
    page = "<p>An article.</p><p>Share this</p>"
    markup = [(0, 3), (14, 21), (31, 35)]
    document = (
        decode(page).with_text("An article.\nShare this", markup).without([(11, 22)], "sharing")
    )

    assert "An article." == document.text
    assert (Segment(0, 11, 3, 14),) == document.segments
    assert [(None, None, "\n"), (21, 31, "Share this")] == [
        (removed.start, removed.end, removed.text) for removed in document.removed
    ]


def test_without_nothing() -> None:
    """Spans that hold no character leave the document as it is."""
    document = decode("abc")

    assert document is document.without([(2, 2), (5, 9), (3, 1)], "nothing")


def test_no_text_yet() -> None:
    """A document that was not decoded says what must come first."""
    with pytest.raises(ValueError, match="an encoding step must come first"):
        Document(Item("a.txt")).without([(0, 1)], "nothing")


def test_extra_is_kept_by_namespace() -> None:
    """Values are added to those of the same namespace, beside those of the others."""
    document = decode("a").with_extra("one", a=1, b=2).with_extra("two", a=3).with_extra("one", b=4)

    assert {"one": {"a": 1, "b": 4}, "two": {"a": 3}} == document.extra

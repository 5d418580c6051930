"""Tests of showing how one text became another."""

from __future__ import annotations

from time import process_time

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from copydesk.document import Document, Encoding, Removed
from copydesk.explanation.piece import Piece
from copydesk.explanation.redline import Redline, compare_texts
from copydesk.item import Item
from copydesk.spans import Span

UTF8 = Encoding("utf-8", "utf-8")


def decode(text: str, media_type: str = "text/plain") -> Document:
    """Return a document with a text."""
    return Document(Item("a"), b"", media_type=media_type).decoded(text, UTF8)


def told(redline: Redline) -> list[tuple[str, str, str]]:
    """Return the pieces in short."""
    return [(piece.kind, piece.text or piece.tail, piece.reason) for piece in redline.pieces]


def test_removed_pieces_with_their_reasons() -> None:
    """What a step took out is shown in its place, each piece with its own reason."""
    text = decode("Ads. More ads. The article. Share!")
    once = text.without([(0, 5)], "advert")
    before = evolve(once, removed=tuple(evolve(r, step="x") for r in once.removed))
    after = before.without([(0, 10)], "advert").without([(12, 19)], "share")

    assert [
        ("removed", "More ads. ", "advert"),
        ("kept", "The article.", ""),
        ("removed", " Share!", "share"),
    ] == told(compare_texts(before, after))


def test_neighbours_with_different_reasons() -> None:
    """Two pieces side by side keep a reason each."""
    after = decode("abcdef").without([(0, 2)], "one").without([(0, 2)], "two")

    assert [("removed", "ab", "one"), ("removed", "cd", "two"), ("kept", "ef", "")] == told(
        compare_texts(decode("abcdef"), after)
    )


def test_replaced_words() -> None:
    """In a small gap words are compared, so that only what is new is marked."""
    before = decode("It rained in Oslo on Monday, said the office.")
    after = evolve(before, text="It snowed in Oslo on Monday, said the office.", segments=())

    assert [
        ("kept", "It ", ""),
        ("removed", "rained", ""),
        ("added", "snowed", ""),
        ("kept", " in Oslo on Monday, said the office.", ""),
    ] == told(compare_texts(before, after))


def test_first_text() -> None:
    """Before decoding there is no text: all of it is new."""
    document = Document(Item("a"))

    assert Redline(0, 3, (Piece("added", "abc"),)) == compare_texts(
        document, document.decoded("abc", UTF8)
    )


def test_pages_are_shown_as_a_reader_sees_them() -> None:
    """Of a page only words are told to go; an escape that became its character has stayed."""
    page = decode(
        "<html><head><title>T</title></head><nav><a href='/'>Home</a> <b>News</b></nav>"
        "<p>The price of fish &amp; chips rose by four percent.</p>\n<script>x()</script>",
        "text/html",
    )
    after = page.with_text("The price of fish & chips rose by four percent.")

    assert [
        ("removed", "Home News", ""),
        ("kept", "The price of fish & chips rose by four percent.", ""),
    ] == told(compare_texts(page, after))


def test_long_pieces_are_cut() -> None:
    """What stayed is cut to what is around a change, what went to its beginning and end."""
    before = decode("a" * 500 + "b" * 5000 + "c" * 500)
    kept, gone, rest = compare_texts(before, before.without([(500, 5500)], "b")).pieces

    assert ("", "a" * 60, 440) == (kept.text, kept.tail, kept.omitted)
    assert ("b" * 300, "b" * 300, 4400) == (gone.text, gone.tail, gone.omitted)
    assert ("c" * 60, "", 440) == (rest.text, rest.tail, rest.omitted)


def test_reason_without_a_place() -> None:
    """A piece that stands nowhere in the source still has its reason."""
    before = evolve(decode(""), text="added by a step", segments=())
    after = before.without([(0, 6)], "plug")

    assert after.removed == (Removed(None, None, "added ", "plug"),)
    assert ("removed", "added ", "plug") == told(compare_texts(before, after))[0]


spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5)


@given(st.text(max_size=50), spans, spans)
def test_both_texts_can_be_read_off(text: str, first: list[Span], second: list[Span]) -> None:
    """Kept and removed pieces are the old text, kept and added ones the new text."""
    before = decode(text).without(first, "first")
    after = before.without(second, "second")
    pieces = compare_texts(before, after).pieces

    if len(pieces) > 1:
        assert before.text == "".join(p.text for p in pieces if p.kind != "added")
        assert after.text == "".join(p.text for p in pieces if p.kind != "removed")
    reasons = {piece.reason for piece in pieces if piece.kind == "removed"}
    assert reasons <= {"second"}


def test_many_changes_of_a_huge_text_take_seconds() -> None:
    """A text of megabytes with thousands of changes is compared in seconds."""
    before = decode("This is one of many lines of text.\n" * 40_000)
    after = before.without([(35 * line, 35 * line + 4) for line in range(40_000)], "this")
    began = process_time()

    redline = compare_texts(before, after)

    assert process_time() - began < 10
    assert len(redline.pieces) <= 200 < redline.omitted

"""The step that takes all the visible text of a page."""

from __future__ import annotations

from time import process_time

import pytest

from copydesk.api import Document, DocumentError, Encoding, Item
from copydesk_boilerplate.options import PlainOptions
from copydesk_boilerplate.plain import Plain

STEP = Plain(PlainOptions())
PAGE = """<!DOCTYPE html><html lang="en"><head><title>The headline</title>
<script>var x = "no";</script><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><!-- a comment -->
<div><h1>Rain</h1>It <b>rain</b>ed in
Oslo<br>on <a href=x>Monday</a>.<template>not shown</template><p>Snow&nbsp;came&amp;went</p></div>
<table><tr><td>Wheat</td><td>12 tons</td></tr></table><noscript>enable it</noscript>
after<footer>All rights reserved</footer>the end</body></html>"""


def take(page: str, step: Plain = STEP) -> Document:
    """Return the document of a page after the step."""
    document = Document(Item("a.html"), media_type="text/html")
    return step.process(document.decoded(page, Encoding("utf-8", "utf-8")))


def test_visible_text() -> None:
    """What a page shows is its text, a line for each block; scripts and menus are left out."""
    assert [
        "Rain", "It rained in Oslo", "on Monday.", "Snow came&went", "Wheat", "12 tons", "after",
        "the end",
    ] == (take(PAGE).text or "").split("\n")  # fmt: skip


def test_segments_and_metadata() -> None:
    """The text is mapped to the page, and the page's facts are read."""
    document = take(PAGE)
    text, source = document.text or "", document.source or ""
    mapped = "".join(text[segment.start : segment.end] for segment in document.segments)

    assert ("Rain", "en") == (document.metadata.title, document.metadata.language)
    assert "on Monday." in text
    assert "Wheat" in mapped
    for segment in document.segments:
        here = text[segment.start : segment.end]
        assert source[segment.source_start : segment.source_end] == here


def test_what_is_left_out() -> None:
    """The elements that are left out can be chosen."""
    text = take(PAGE, Plain(PlainOptions(leave_out=("TABLE",)))).text or ""

    assert "All rights reserved" in text
    assert "Wheat" not in text


def test_page_inside_a_menu() -> None:
    """Where all there is stands in what is left out, it is taken after all."""
    assert "The article" == take("<nav><p>The article<script>x</script>").text


def test_hidden_elements_count() -> None:
    """What is hidden until a script shows it is text."""
    assert "The article" == take("<div hidden id=S:0><p>The article</div>").text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "the page is empty"),
        ("<html><script>x</script></html>", "no visible text found in 31 characters"),
        ("<p>" * 200_001, "200001 tags, more than max_tags"),
        ("<div>" * 100_000, "cannot be parsed to its end"),
    ],
)
def test_pages_without_text(page: str, reason: str) -> None:
    """A page that shows nothing, or cannot be read, is refused with the reason."""
    with pytest.raises(DocumentError, match=reason):
        take(page)


def test_large_pages_take_linear_time() -> None:
    """A page of ten times the size takes about ten times as long."""

    def measure(size: int) -> float:
        page = "<p>some words <b>bold</b> and more</p>" * size
        began = process_time()
        take(page)
        return process_time() - began

    assert measure(20_000) < 40 * max(measure(2_000), 0.01)

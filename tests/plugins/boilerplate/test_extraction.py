"""The step that extracts the article from a page."""

from __future__ import annotations

from time import process_time

import pytest

from copydesk.api import Document, DocumentError, Encoding, Item
from copydesk_boilerplate.extraction import Extraction
from copydesk_boilerplate.options import ExtractionOptions

STEP = Extraction(ExtractionOptions())
PARAGRAPHS = [
    f"This is paragraph {number} of an article about the {word}, long enough to be content."
    for number, word in enumerate(["budget", "election", "harvest", "weather", "railway"])
]
ARTICLE = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>The headline</title>
<script>var text = "{PARAGRAPHS[0]}";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>The headline</h1>{ARTICLE}<table><tr><td>Wheat</td><td>12 tons</td></tr></table>
</article><div id="comments"><h3>Comments</h3><div class="comment"><p>I do not agree at all with
what is said here, and I wish to say so.</p></div></div><footer>All rights reserved</footer>
</body></html>"""


def extract(page: str, step: Extraction = STEP) -> Document:
    """Return the document of a page after the step."""
    document = Document(Item("a.html"), media_type="text/html")
    return step.process(document.decoded(page, Encoding("utf-8", "utf-8")))


def test_article() -> None:
    """The article is the text; menus, comments and the footer are not in it."""
    text = extract(PAGE).text or ""

    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert "12 tons" in text
    assert not any(word in text for word in ("Home", "agree", "rights reserved"))
    assert text == text.strip()


def test_segments_point_into_the_article() -> None:
    """Each paragraph is mapped to where the page shows it, not to the script that repeats it."""
    document = extract(PAGE)
    text, source = document.text or "", document.source or ""
    mapped = {
        text[segment.start : segment.end]: segment.source_start for segment in document.segments
    }

    assert all(source[at : at + len(part)] == part for part, at in mapped.items())
    assert source.index(f"<p>{PARAGRAPHS[0]}") + 3 == mapped[PARAGRAPHS[0]]
    assert PAGE == source


def test_entities_are_no_gap_but_for_themselves() -> None:
    """Around a character that the source writes in another way, the text is mapped."""
    page = PAGE.replace("an article about the budget", "the state&rsquo;s budget &amp; debts")
    document = extract(page)
    text = document.text or ""
    mapped = "".join(text[segment.start : segment.end] for segment in document.segments)

    assert "the state’s budget & debts" in text
    assert "paragraph 0 of the state" in mapped
    assert "s budget" in mapped
    assert "’" not in mapped


def test_metadata() -> None:
    """What the page says about itself is read from the same parse."""
    metadata = extract(PAGE).metadata

    assert ("The headline", "en") == (metadata.title, metadata.language)


def test_options() -> None:
    """Tables can be left out, and comments kept."""
    without = extract(PAGE, Extraction(ExtractionOptions(include_tables=False))).text or ""
    comments = extract(PAGE, Extraction(ExtractionOptions(include_comments=True))).text or ""

    assert "12 tons" not in without
    assert PARAGRAPHS[0] in comments


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        ("the page is empty", ""),
        ("the page is empty", "\0" * 1000),
        (
            "no main content found in 47 characters of HTML",
            "<html><frameset><frame src=a></frameset></html>",
        ),
        ("line 1: the page cannot be parsed to its end", "<div>" * 100_000 + "<p>text"),
        ("300000 tags, more than max_tags", "<br>" * 300_000),
        ("too many attributes", f"<p {' '.join(f'a{n}' for n in range(100_000))}>text"),
    ],
)
def test_pages_that_cannot_be_extracted(expected: str, page: str) -> None:
    """A page without content, or one that would take for ever, says why it waits in quarantine."""
    with pytest.raises(DocumentError, match=expected):
        extract(page)


def test_too_little_content() -> None:
    """A page with fewer characters than asked for is refused, and the option is named."""
    with pytest.raises(DocumentError, match=r"fewer than min_characters \(5000\)"):
        extract(PAGE, Extraction(ExtractionOptions(min_characters=5000)))


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><p>{'word ' * 4_000_000}</p></body></html>",
        f"<html><body>{ARTICLE}{'<div>' * 1900}",
        f"<html><body>{ARTICLE}{'<b>' * 1900}x",
        f"<html><body>{ARTICLE}<p>" + "it&rsquo;s so " * 300_000,
    ],
    ids=["line", "divs", "bold", "entities"],
)
def test_hostile_pages_take_seconds(page: str) -> None:
    """Huge and nested pages are done in seconds."""
    start = process_time()
    document = extract(page)

    assert document.text
    assert process_time() - start < 30


def test_results_do_not_depend_on_what_came_before() -> None:
    """The step gives the same result for a page, whatever it was given in between."""
    first = extract(PAGE)
    with pytest.raises(DocumentError):
        extract("<div>" * 100_000)
    extract(PAGE.replace("paragraph", "section"))

    assert first == extract(PAGE)

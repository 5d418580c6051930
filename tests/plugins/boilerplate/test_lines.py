"""The step that takes boilerplate off the edges of plain text."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Document, Encoding, Item
from copydesk_boilerplate.lines import Lines
from copydesk_boilerplate.options import LinesOptions

SEEDS = Path(__file__).parents[3] / "seeds"
STEP = Lines(LinesOptions())
PROSE = "The minister said on Monday that the new law would come into force before the summer."
SOUP = [
    "Comments",
    "Share",
    "Related articles",
    "Read more",
    "Leave a reply",
    "Discussion",
    PROSE,
    "A title of another article",
    "Anzeige",
    "来源:新华社",
    "",
    " ",
    "Sign up for our newsletter.",
    f"Follow us on Twitter. {PROSE} All rights reserved.",
    "\u2028",
    "\r",
    "© 2024 X",
]


def strip(text: str, step: Lines = STEP) -> Document:
    """Return the document of a text after the step."""
    document = Document(Item("a.txt")).decoded(text, Encoding("utf-8", "utf-8"))
    return step.process(document)


def strip_seed(number: str) -> tuple[Document, dict[str, str]]:
    """Return the document of a seed after the step, and the reasons by what was removed."""
    [path] = SEEDS.glob(f"{number}_*.txt")
    document = strip(path.read_bytes().decode("utf-8"))
    return document, {removed.text.strip(): removed.reason for removed in document.removed}


def test_chinese_and_english_seed() -> None:
    """The source and the heading of related articles go from the end of seed 000."""
    document, removed = strip_seed("000")

    assert {"来源:亲爱的数据一点号": "source note", "相关推荐": "related articles"} == removed
    assert (document.text or "").endswith("311 亿美元。")


def test_chinese_seed_of_one_line() -> None:
    """The notice goes as the first sentence of the only line of seed 001, and the article stays."""
    document, removed = strip_seed("001")
    [notice] = removed

    assert notice.startswith("钛媒体注:本文来源于")
    assert notice.endswith("钛媒体经授权发布。")
    assert "source note" == removed[notice]
    assert (document.text or "").startswith("就在上周,AI浪潮遭遇第一个挫败")


def test_french_seed() -> None:
    """The photo credit goes from seed 002, its headings without full stop stay."""
    document, removed = strip_seed("002")
    lines = (document.text or "").splitlines()

    credit = "Crédit image en vedette : Kerem Gülen/Milieu du voyage"
    assert {credit: "photo credit"} == removed
    assert "Expansion stratégique de xAI" in lines
    assert any(line.startswith("xAI obtient un financement de 6 milliards") for line in lines)


def test_german_seed_with_an_english_footer() -> None:
    """The patterns of every language are tried: three English lines go from seed 003."""
    document, removed = strip_seed("003")

    assert ["Discussion", "Join the conversation", "Be the first to comment"] == list(removed)
    assert {"comments"} == set(removed.values())
    assert (document.text or "").endswith("verantwortungsvolle Innovation zu demonstrieren.")


def test_arabic_seed() -> None:
    """The newsletter plug goes from the start of the first line of seed 004."""
    document, removed = strip_seed("004")

    assert ["newsletter"] == list(removed.values())
    assert (document.text or "").startswith("شركة Sequoia Capital")


def test_heading_above_text_stays() -> None:
    """A word that may be a heading of the article goes only where no text is left below it."""
    text = f"First.\nDiscussion\n{PROSE}"

    assert text == strip(text).text


def test_list_below_a_heading_goes_with_it() -> None:
    """Titles below the heading of related articles go, up to the end of the text."""
    document = strip(f"{PROSE}\n\nRelated articles\nA title of another\nAnd one more title")

    assert PROSE == document.text
    assert {"related articles"} == {removed.reason for removed in document.removed}


def test_prose_below_a_list_stays() -> None:
    """Where the article goes on below a list, so does the line above it, which may be a heading."""
    document = strip(f"{PROSE}\nRelated articles\nOne title\nThe way ahead\n{PROSE}")

    assert f"{PROSE}\nThe way ahead\n{PROSE}" == document.text


def test_comments_of_readers_go() -> None:
    """Below the form for comments nothing belongs to the article, however long it is."""
    document = strip(f"{PROSE}\n{PROSE}\nLeave a reply\n{PROSE}")

    assert f"{PROSE}\n{PROSE}" == document.text


def test_form_for_comments_in_the_first_half_ends_nothing() -> None:
    """What ends an article in the second half of a text is a line like others in the first."""
    assert f"{PROSE}\n{PROSE}" == strip(f"Leave a reply\n{PROSE}\n{PROSE}").text


def test_mark_amid_the_text() -> None:
    """What is never content goes wherever it stands; the larger gap around it stays."""
    assert f"{PROSE}\n\n{PROSE}" == strip(f"{PROSE}\n\nAdvertisement\n{PROSE}").text


def test_edge_lines() -> None:
    """A pattern for the edges does not reach beyond the lines that stay there."""
    text = f"{PROSE}\n{PROSE}\nDonate\n{PROSE}\n{PROSE}"

    assert text == strip(text, Lines(LinesOptions(edge_lines=2))).text
    assert "Donate" not in (strip(text, Lines(LinesOptions(edge_lines=3))).text or "")
    assert f"{PROSE}\nDonate" == strip(f"{PROSE}\nDonate", Lines(LinesOptions(edge_lines=0))).text


def test_own_patterns() -> None:
    """Patterns from the options come first and give their own reason, for a line or a sentence."""
    step = Lines(LinesOptions(patterns={"house ad": (r"visit the \w+ shop.*",)}))
    document = strip(f"{PROSE} Visit the Example shop today!\nVisit the Garden Shop", step)

    assert PROSE == document.text
    assert ["house ad", "house ad"] == [removed.reason for removed in document.removed]


def test_own_pattern_that_is_no_expression() -> None:
    """A pattern that cannot be compiled is refused with its reason and its fault."""
    with pytest.raises(ValueError, match=r"patterns\.ad: '\(': missing \)"):
        LinesOptions(patterns={"ad": ("(",)})


def test_all_sentences_of_a_line() -> None:
    """A line goes as a whole when each of its sentences is boilerplate."""
    document = strip(f"{PROSE}\nFollow us on Twitter. Sign up for our daily newsletter!")

    assert PROSE == document.text


def test_text_of_boilerplate_only() -> None:
    """A text that is nothing but boilerplate stays: an empty record would hide it."""
    assert "Comments\nShare" == strip("Comments\nShare").text


@pytest.mark.parametrize(
    "text", ["", "\n", "  \n \n", "\0\0\0", "\ufeff", "\ud800", "。。。", "..."]
)
def test_odd_texts_stay(text: str) -> None:
    """Empty and odd texts pass through."""
    assert text == strip(text).text


@given(
    st.lists(st.sampled_from(SOUP) | st.text(max_size=30)), st.sampled_from(["\n", "\r\n", "\n\n"])
)
def test_laws(lines: list[str], line_break: str) -> None:
    """Nothing is lost: what stays and what was removed make up the text; both find their places."""
    text = line_break.join(lines)
    document = strip(text)
    spans = [(removed.start, removed.end) for removed in document.removed]
    edges = [0, *(edge for span in spans for edge in span if edge is not None), len(text)]
    left = document.text or ""

    assert spans == sorted(spans)
    assert left == "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert all(removed.text == text[removed.start : removed.end] for removed in document.removed)
    assert bool(left.strip()) == bool(text.strip())
    assert 0 not in edges[1:] or not left.startswith(("\r", "\n", "\u2028"))
    assert len(text) not in edges[:-1] or left == left.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        "word " * 4_000_000,
        "w" * 20_000_000,
        "Share this. " * 1_600_000,
        "\n" * 20_000_000,
        "。" * 6_000_000,
        "Share\n" * 300_000,
        " " * 20_000_000 + "x",
    ],
    ids=["words", "letters", "sentences", "breaks", "stops", "lines", "blanks"],
)
def test_huge_texts_take_seconds(text: str) -> None:
    """Texts of 20 MB pass in seconds."""
    start = process_time()
    strip(text)

    assert process_time() - start < 30

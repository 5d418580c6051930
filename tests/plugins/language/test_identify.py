"""Laws and facts of the step `language.identify`."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Document, Encoding, Item
from copydesk_language.identify import Identify
from copydesk_language.options import Options

ENGLISH = "The company said on Thursday that it had raised six billion dollars from investors."
CHINESE = "根据周四提交给美国证券交易委员会的一份文件，该公司已经从投资者那里筹集了六十亿美元。"
GERMAN = "Das Unternehmen teilte am Donnerstag mit, dass es sechs Milliarden Dollar erhalten habe."


@pytest.fixture(scope="module")
def step() -> Identify:
    """Return the step with its defaults; the model takes a second to load."""
    return Identify(Options())


def read(step: Identify, text: str) -> Document:
    """Return the document that the step makes of a text."""
    return step.process(Document(Item("a.txt")).decoded(text, Encoding("utf-8", "test")))


def test_names_language_and_script(step: Identify) -> None:
    """A German text is German in Latin letters, throughout."""
    found = read(step, GERMAN)

    assert found.language is not None
    assert ("de", "Latn") == (found.language.code, found.language.script)
    assert [(0, len(GERMAN), "de")] == [(s.start, s.end, s.code) for s in found.languages]


def test_chinese_has_a_script(step: Identify) -> None:
    """Simplified and traditional Chinese differ in script alone."""
    traditional = (
        "根據週四提交給美國證券交易委員會的一份文件，該公司已經從投資者那裡籌集了六十億美元。"
    )
    found = [read(step, text).language for text in (CHINESE, traditional)]

    assert [("zh", "Hans"), ("zh", "Hant")] == [(f.code, f.script) for f in found if f]


def test_bilingual_paragraphs_have_spans(step: Identify) -> None:
    """Paragraphs that alternate between languages have a span each."""
    text = f"{ENGLISH}\n{CHINESE}\n\n{ENGLISH}\n{CHINESE}\n"
    found = read(step, text)

    assert ["en", "zh", "en", "zh"] == [span.code for span in found.languages]
    assert text.index(CHINESE) == found.languages[1].start


def test_short_lines_follow(step: Identify) -> None:
    """A heading of one name does not bring a language of its own; a line of numbers has none."""
    found = read(step, f"{GERMAN}\n\nDiscussion\n{GERMAN}\n\n1918\n{GERMAN}")

    assert ["de", "und", "de"] == [span.code for span in found.languages]


@pytest.mark.parametrize("text", ["", "\n", " \n\t", "123 456,7", "!!!\n###", "😀😀", "—"])
def test_no_language(step: Identify, text: str) -> None:
    """What has no letters is undetermined."""
    found = read(step, text)

    assert found.language is not None
    assert "und" == found.language.code


def test_a_quotation_has_a_span(step: Identify) -> None:
    """A sentence in another language within a paragraph is a span."""
    quotation = "Nous ne pouvons pas accepter que cette entreprise décide seule de notre avenir. "
    text = f"{GERMAN} {quotation}{GERMAN} {GERMAN}"
    found = read(step, text).languages
    start = text.index(quotation)

    assert [(0, "de"), (start, "fr"), (start + len(quotation), "de")] == [
        (span.start, span.code) for span in found
    ]


def test_a_name_is_no_span(step: Identify) -> None:
    """A name in Latin letters inside Chinese does not bring a language."""
    found = read(
        step, f"{CHINESE}埃隆·马斯克 (Elon Musk) 和 Andreessen Horowitz 也参加了会议。{CHINESE}"
    )

    assert ["zh"] == [span.code for span in found.languages]


def test_a_headline_ends_before_its_article(step: Identify) -> None:
    """The language may change after a headline that has no full stop."""
    headline = "Republicans alienating women voters in the Kavanaugh debacle, analysts warn "
    french = "Les sentiments autour de ce vote sont forts. Le résultat reste encore incertain."
    found = read(step, f"{ENGLISH} {headline}{french}")
    edge = len(ENGLISH) + 1 + len(headline)

    assert [(0, "en"), (edge, "fr")] == [(span.start, span.code) for span in found.languages]


@pytest.mark.parametrize("line", ["***", "2019-09-12", "https://news.example.com/a/1", "1,234.5"])
def test_lines_without_words(step: Identify, line: str) -> None:
    """A line of marks, numbers or an address is no language, whatever stands around it."""
    found = read(step, f"{GERMAN}\n{line}\n{GERMAN}")

    assert ["de", "und", "de"] == [span.code for span in found.languages]


def test_candidates(step: Identify) -> None:
    """The other languages that were weighed are told, best first."""
    found = read(step, "Saya juga menolak untuk pergi").language

    assert found is not None
    assert {"id", "ms"} == {found.code, found.candidates[0].name}


@given(st.lists(st.sampled_from([ENGLISH, CHINESE, GERMAN, "", "x", "12", "\ud800", "\x00"])))
def test_spans_cover(step: Identify, lines: list[str]) -> None:
    """Spans follow each other from the first character to the last, and neighbours differ."""
    text = "\n".join(lines)
    spans = read(step, text).languages
    edges = [0, *(span.end for span in spans)]

    assert len(text) == edges[-1]
    assert edges[:-1] == [span.start for span in spans]
    assert all(a.code != b.code for a, b in pairwise(spans))


@pytest.mark.parametrize("unit", ["a b ", "a\n", "\n", "中"])
@pytest.mark.timeout(20)
def test_huge_texts(step: Identify, unit: str) -> None:
    """Twenty million characters, on one line or on as many as can be, take seconds."""
    text = unit * (20_000_000 // len(unit))

    assert len(text) == read(step, text).languages[-1].end

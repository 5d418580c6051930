"""Tests the step that mends text."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import CopydeskError, Document, Encoding, Item
from copydesk_encoding.options import RepairOptions
from copydesk_encoding.repair import Repair

CLEAN = "“Tout » est ﬁni ＡＢＣ，。 L’été d'Ångström &amp; Müller: schön… ½ £5 Ã la carte\r\n"

pytest.importorskip("ftfy")


def mend(text: str, options: RepairOptions | None = None) -> Document:
    """Return a document of this text after the step."""
    document = Document(Item("a.txt")).decoded(text, Encoding("utf-8", "utf-8"))
    return Repair(options or RepairOptions()).process(document)


def test_mojibake_is_mended() -> None:
    """Text that was decoded wrongly before it was saved is mended."""
    assert "Heute ist es schön." == mend("Heute ist es schÃ¶n.").text


def test_what_stays_keeps_its_place() -> None:
    """The segments of mended text still point to the same characters of the source."""
    document = mend("Ein langer Satz vor dem Wort. Heute ist es schÃ¶n, und morgen wird es kalt.")

    assert document.text is not None
    assert document.source is not None
    assert document.segments
    for segment in document.segments:
        source = document.source[segment.source_start : segment.source_end]
        assert source == document.text[segment.start : segment.end]


def test_clean_text_is_left_alone() -> None:
    """Ligatures, full-width signs, quotation marks and entities of clean text stay."""
    assert CLEAN == mend(CLEAN).text


def test_newlines_are_an_option() -> None:
    """Line ends become line feeds when asked for."""
    assert "a\nb\nc\n" == mend("a\r\nb\rc\n", RepairOptions(newlines=True)).text


def test_normalization_is_an_option() -> None:
    """Accents are composed when asked for."""
    assert "é" == mend("e\u0301", RepairOptions(normalization="NFC")).text


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ftfy the error names the extra to install; without mojibake nothing is needed."""
    monkeypatch.setitem(sys.modules, "ftfy", None)

    with pytest.raises(CopydeskError, match=r"copydesk\[repair\]"):
        Repair(RepairOptions())
    assert "a\n" == mend("a\r\n", RepairOptions(mojibake=False, newlines=True)).text


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_ascii_is_left_alone(text: str) -> None:
    """Nothing in ASCII is mojibake."""
    assert text == mend(text).text

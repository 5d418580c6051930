"""Tests how the answers of the statistics are ranked again."""

import pytest

from copydesk.api import Candidate
from copydesk_encoding.ranking import rank


def order(raw: bytes, *names: str) -> list[str]:
    """Return the labels in the order in which they are ranked, all equally likely before."""
    candidates = tuple(Candidate(name, 0.1) for name in names)
    return [candidate.name for candidate in rank(raw, candidates)]


@pytest.mark.parametrize(
    ("text", "codec", "label", "rival"),
    [
        ("Jeudi, c’est une autre", "cp1252", "windows-1252", "macintosh"),
        ("La squadra è in forma", "cp1252", "windows-1252", "windows-1251"),
        ("Però ho podrien haver", "cp1252", "windows-1252", "windows-1253"),
        ("Мені здається, мене", "cp1251", "windows-1251", "ibm866"),
        ("Obě země si nevyměnily", "iso8859-2", "iso-8859-2", "cp720"),
        ("Die „größte“ Änderung", "cp1252", "windows-1252", "cp862"),
        ("今日のニュースです", "shift_jis", "shift_jis", "windows-1252"),
    ],
)
def test_what_reads_well_comes_first(text: str, codec: str, label: str, rival: str) -> None:
    """The encoding that gives letters of one language beats the one that gives a jumble."""
    assert label == order(text.encode(codec), rival, label)[0]


def test_first_answer_stays_without_a_reason() -> None:
    """Candidates that give the same text keep their order."""
    assert ["iso-8859-2", "windows-1250"] == order(
        "příliš".replace("š", "s").encode("cp1250"), "iso-8859-2", "windows-1250"
    )


def test_usual_name_is_preferred() -> None:
    """Of the encodings that give the same text the usual one names it."""
    assert (
        "windows-1252" == order("un café noir".encode("cp1252"), "iso-8859-14", "windows-1252")[0]
    )


def test_two_byte_text_that_statistics_miss_is_added() -> None:
    """A two-byte encoding that nobody named is tried when the statistics have given up."""
    raw = "日本語の新聞".encode("shift_jis") * 5
    candidates = (Candidate("ibm866", 0.001),)

    assert "shift_jis" == rank(raw, candidates)[0].name


def test_nothing_stays_nothing() -> None:
    """Without candidates there is no answer."""
    assert () == rank(b"\xe9", ())

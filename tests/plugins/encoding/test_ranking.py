"""Tests how the answers of the statistics are ranked again."""

import pytest

from copydesk.api import Candidate
from copydesk_encoding.ranking import find_difference, rank


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


def test_same_text_is_one_answer() -> None:
    """Candidates that give the same text are one answer, named as the first of them."""
    assert ["iso-8859-2"] == order("příliš".encode("cp1250")[:4], "iso-8859-2", "windows-1250")


def test_rest_decides_between_equals() -> None:
    """Of candidates that agree on the beginning, the one that reads the rest better wins."""
    raw = ("Körülbelül így. " * 100 + "„Igen”, mondta.").encode("cp1250")

    assert "windows-1250" == order(raw, "iso-8859-2", "windows-1250")[0]


def test_confidence_is_a_probability() -> None:
    """The confidences of all answers add up to one, but for what is left out."""
    raw = "Jedan muškarac je upucan".encode("iso8859-2")
    answers = rank(raw, tuple(Candidate(name, 0.1) for name in ("iso-8859-2", "iso-8859-16")))

    assert 0.99 < sum(answer.confidence for answer in answers) <= 1.001


def test_language_speaks_for_its_encodings() -> None:
    """An encoding that was made for the language of the text is likelier than another."""
    assert (
        "iso-8859-2"
        == order("To je u petak gledalo više od".encode("iso8859-2"), "iso-8859-16", "iso-8859-2")[
            0
        ]
    )


@pytest.mark.parametrize(
    ("one", "other", "at"), [("abc", "abd", 2), ("abc", "abc", 3), ("", "a", 0), ("xa", "ya", 0)]
)
def test_difference_is_found(one: str, other: str, at: int) -> None:
    """The first character that differs is found."""
    assert at == find_difference(one, other)


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

"""Letters and words that tell close languages apart."""

from __future__ import annotations

import pytest

from copydesk_language.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Return the lexicon."""
    return Lexicon()


@pytest.mark.parametrize(
    ("text", "code", "other"),
    [
        ("karena polisi mengatakan bahwa perusahaan", "id", "ms"),
        ("kerana polis berkata bahawa syarikat", "ms", "id"),
        ("eg veit ikkje kva dei seier", "nn", "no"),
        ("jeg vet ikke hva de sier nå", "no", "nn"),
        ("jeg ved ikke hvad de siger nu", "da", "no"),
    ],
)
def test_words(lexicon: Lexicon, text: str, code: str, other: str) -> None:
    """Telling words speak for the language that has them."""
    counts = lexicon.count_words(text)

    assert counts[code] > counts[other]


def test_foreign_letters(lexicon: Lexicon) -> None:
    """Letters that an alphabet does not have are counted against the language."""
    assert {"uk": 0, "ru": 2} == lexicon.count_foreign("україні", ["uk", "ru"]) | {"ru": 2}
    assert 0 < lexicon.count_foreign("україні", ["uk", "ru"])["ru"]


def test_unknown_alphabets(lexicon: Lexicon) -> None:
    """A language whose alphabet is not known counts like the best of the others."""
    assert {"de": 0, "xx": 0, "pl": 2} == lexicon.count_foreign("äöab", ["de", "xx", "pl"])

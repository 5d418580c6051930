"""Tests of the languages of a place, and of the choice between meanings."""

from __future__ import annotations

from attrs import evolve

from copydesk.api import Document, Encoding, Item, Language, LanguageSpan
from copydesk_entities.phrases import Found, Meaning
from copydesk_entities.tongues import Tongues, choose

TEXT = "Bonjour. 你好。"


def document(language: str = "und", *spans: LanguageSpan) -> Document:
    """Return a document in these languages."""
    empty = Document(Item("a")).decoded(TEXT, Encoding("utf-8", "utf-8"))
    return evolve(empty, language=Language(language), languages=spans)


def test_the_language_of_the_place_comes_first() -> None:
    """Then the others of the document, and English last."""
    spans = LanguageSpan(0, 9, "fr"), LanguageSpan(9, 12, "zh-Hans")
    tongues = Tongues(document("zh", *spans))

    assert ("fr", "zh", "en") == tongues.at(3)
    assert ("zh", "fr", "en") == tongues.at(10)


def test_nothing_is_known_of_an_undetermined_text() -> None:
    """`und` is no language."""
    assert () == Tongues(document("und", LanguageSpan(0, 9, "und"))).at(0)


def test_the_region_is_that_of_the_tag() -> None:
    """A tag may name the country of its variety; a script is no country."""
    assert "AU" == Tongues(document("en-AU")).region
    assert "" == Tongues(document("zh-Hans")).region


def test_variants_of_codes() -> None:
    """Both written forms of Norwegian are looked up as one language."""
    assert ("no", "en") == Tongues(document("nb")).at(0)


def pick(surface: str, meanings: list[Meaning], *tongues: str) -> str | None:
    """Return the value of the meaning chosen for a word."""
    chosen = choose(Found(0, len(surface), meanings), surface, tongues)
    return chosen.value if chosen else None


def test_the_likeliest_language_decides() -> None:
    """A word of two languages means what it means in the first of them."""
    meanings = [Meaning("billion", "9", "en"), Meaning("billion", "12", "fr no")]

    assert "9" == pick("billion", meanings, "en")
    assert "12" == pick("billion", meanings, "fr", "en")
    assert "9" == pick("billion", meanings)


def test_short_words_of_other_languages_are_not_understood() -> None:
    """`min` is a thousand in Azerbaijani, and minutes nearly everywhere else."""
    assert pick("min", [Meaning("min", "1000", "az")], "de", "en") is None
    assert pick("min", [Meaning("min", "1000", "az")]) is None
    assert "1000" == pick("min", [Meaning("min", "1000", "az")], "az")


def test_capitals_are_needed_where_the_language_has_them() -> None:
    """`may` is no month in English."""
    assert pick("may", [Meaning("May", "5", "en")], "en") is None
    assert "5" == pick("May", [Meaning("May", "5", "en")], "en")
    assert "5" == pick("Mai", [Meaning("mai", "5", "fr")], "fr")

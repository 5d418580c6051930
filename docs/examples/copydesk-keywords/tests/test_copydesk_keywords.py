"""Tests of the keywords."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from copydesk_keywords import KeywordStep, Options, copydesk_steps

from copydesk.api import Document, Item, Language
from copydesk.testing import BoundCheck, step_checks

TEXT = """The harbour of Lisbon is open again.
Container ships wait off the harbour, and the port authority says that the port
authority of Porto has helped. Container ships pay 12 % more.
"""


def document(text: str = TEXT, code: str | None = "en") -> Document:
    """Return a text in a language."""
    language = Language(code) if code else None
    return evolve(Document(Item("a.txt")), text=text, source=text, language=language)


def find(document: Document, **options: Any) -> list[str]:
    """Return the keywords of a document."""
    found = KeywordStep(Options(**options)).process(document)
    return [each["phrase"] for each in found.extra["keywords"]["phrases"]]


def test_phrases_are_ranked() -> None:
    """The best phrases come first, each once, in lower case."""
    assert ["container ships wait", "container ships pay"] == find(document())[:2]
    assert 1 == find(document()).count("port authority")


def test_options() -> None:
    """There are no more keywords than asked for, and none with more words."""
    assert 2 == len(find(document(), most=2))
    assert all(" " not in phrase for phrase in find(document(), max_words=1))


@pytest.mark.parametrize("code", [None, "und", "zh", "xx"])
def test_languages_that_cannot_be_parted(code: str | None) -> None:
    """Without a language, without stop words or without spaces the document stays as it is."""
    before = document(code=code)

    assert before == KeywordStep(Options()).process(before)


def test_language_of_the_options() -> None:
    """The language may be told instead, and a region of it does not matter."""
    assert find(document()) == find(document(code=None), language="en-GB")


def test_one_step_for_many_languages() -> None:
    """Each document is parted by the stop words of its own language."""
    step = KeywordStep(Options())
    german = document("Der Hafen von Hamburg ist wegen Sturm gesperrt.", "de")

    for text in (document(), german, document()):
        assert KeywordStep(Options()).process(text) == step.process(text)


@pytest.mark.parametrize("check", step_checks(copydesk_steps()[0], Options()))
def test_what_is_asked_of_every_step(check: BoundCheck) -> None:
    """The step passes the checks of the kit."""
    check()

"""Tests of one use of a step, built."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve, frozen

from copydesk.api import Document, Item, Language, StepSpec
from copydesk.config import StepUse
from copydesk.errors import PluginError
from copydesk.fault import Origin, Place
from copydesk.fingerprint import hash_options
from copydesk.registry import Offer
from copydesk.steps.bound import BoundStep

built: list[Options] = []


@frozen
class Options:
    """What to append."""

    word: str = "usual"


class Append:
    """Appends a word; counts how often it is built and closed."""

    closed = 0

    def __init__(self, options: Options) -> None:
        if options.word == "broken":
            raise OSError("no model")
        built.append(options)
        self.options = options

    def process(self, document: Document) -> Document:
        """Append the word."""
        return evolve(document, text=f"{document.text} {self.options.word}")

    def close(self) -> None:
        """Count it."""
        Append.closed += 1


def bind(**by_language: str) -> BoundStep:
    """Return a step with a word for each language; `_` stands for `-`."""
    offer = Offer("step", StepSpec("append", Options, Append), "dist", "1", "module")
    options = {code.replace("_", "-"): Options(word) for code, word in by_language.items()}
    place = Place(Origin("chain.yaml", Path()))
    step = StepUse("append", offer, Options(), "append", by_language=options, place=place)
    return BoundStep(step, "0" * 32)


def run(step: BoundStep, code: str | None) -> tuple[str | None, str]:
    """Return the text that a step makes of a document in a language, and the options it tells."""
    language = Language(code) if code else None
    document = Document(Item("a.txt"), text="x", language=language)
    after = step.process(document, None)
    assert isinstance(after, Document)
    return after.text, step.trace(document, "done", 0.0, None).options_sha256


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("de", "usual"),
        ("zh", "chinese"),
        ("zh-Hant", "chinese"),
        ("pt-BR", "brazilian"),
        ("pt", "usual"),
        (None, "usual"),
    ],
)
def test_options_by_language(code: str | None, word: str) -> None:
    """A document is processed with the options of its language, which the record tells by hash."""
    step = bind(zh="chinese", pt_BR="brazilian")

    assert (f"x {word}", hash_options(Options(word))) == run(step, code)


def test_each_is_built_once() -> None:
    """Steps are built before the first document, one a language, and all are closed."""
    built.clear()
    Append.closed = 0
    step = bind(zh="chinese", de="german")
    for code in ("zh", "de", "fr", "zh"):
        run(step, code)
    step.close()

    assert [Options("usual"), Options("chinese"), Options("german")] == built
    assert 3 == Append.closed


def test_build_failure_names_the_language() -> None:
    """A step that cannot be built for one language is an error that says for which."""
    with pytest.raises(PluginError, match=r"step 'append' .* for zh: OSError: no model"):
        bind(zh="broken")

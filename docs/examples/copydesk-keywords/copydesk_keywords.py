"""Finds the keywords of a text with RAKE: the phrases whose words keep close company."""

from __future__ import annotations

import re
from typing import Any

from attrs import field, frozen
from attrs.validators import ge

from copydesk.api import Document, StepSpec, hookimpl

copydesk_api = ">=1,<2"

_WITHOUT_SPACES = {"zh", "ja", "th", "km", "lo", "my"}
_LETTER = re.compile(r"[^\W\d_]")
_BREAK = "."


@frozen
class Options:
    """How many keywords, and how long they may be."""

    most: int = field(default=10, validator=ge(1))
    """Keywords that a document gets at most."""
    max_words: int = field(default=4, validator=ge(1))
    """Words of a keyword; longer phrases are passed over."""
    language: str | None = None
    """Language of the stop words; that of the document if it is not set."""


@frozen
class Keyword:
    """A phrase that tells what a text is about."""

    phrase: str
    """In lower case, words with a space between them."""
    score: float
    """The higher, the more it tells; to be compared within a document only."""


@frozen
class Keywords:
    """What is kept of a document under `extra.keywords`."""

    language: str
    """Language of the stop words that parted the phrases."""
    phrases: tuple[Keyword, ...]
    """The best first."""


class KeywordStep:
    """Finds the phrases that tell what a text is about.

    There are none in a language of which no stop words are known, or that is written without
    spaces.
    """

    def __init__(self, options: Options) -> None:
        # Slow to import, and needed only where the step is at work.
        import stopwordsiso  # noqa: PLC0415
        from nltk.tokenize import wordpunct_tokenize  # noqa: PLC0415
        from rake_nltk import Rake  # noqa: PLC0415

        self._options = options
        self._stop_words: Any = stopwordsiso
        self._split: Any = wordpunct_tokenize
        self._make: Any = Rake
        self._rakes: dict[str, Any] = {}

    def process(self, document: Document) -> Document:
        """Return the document with its keywords, or as it is where none can be told."""
        told = self._options.language or (document.language.code if document.language else "")
        language = told.partition("-")[0].lower()
        rake = self._rake(language)
        if rake is None:
            return document
        rake.extract_keywords_from_text(document.text or "")
        # A phrase comes as often as it is in the text, each time with the same score.
        ranked = dict.fromkeys(rake.get_ranked_phrases_with_scores())
        best = [
            {"phrase": phrase, "score": round(score, 3)}
            for score, phrase in list(ranked)[: self._options.most]
        ]
        return document.with_extra("keywords", language=language, phrases=best)

    def _rake(self, language: str) -> Any:
        """Return what finds the keywords of a language, None if it cannot be told."""
        if language in _WITHOUT_SPACES or not self._stop_words.has_lang(language):
            return None
        if language not in self._rakes:
            # With all of these given it does not look for data that nltk would download.
            self._rakes[language] = self._make(
                stopwords=set(self._stop_words.stopwords(language)),
                punctuations={_BREAK},
                sentence_tokenizer=str.splitlines,
                word_tokenizer=self._words,
                max_length=self._options.max_words,
            )
        return self._rakes[language]

    def _words(self, line: str) -> list[str]:
        """Return the words of a line, with one sign for all that is no word."""
        return [word if _LETTER.search(word) else _BREAK for word in self._split(line)]


@hookimpl
def copydesk_steps() -> list[StepSpec[Options]]:
    """Offer the step."""
    return [
        StepSpec(
            "keywords.rake",
            Options,
            KeywordStep,
            needs=("text",),
            gives=("extra",),
            kind="metadata",
            extra={"keywords": Keywords},
        )
    ]

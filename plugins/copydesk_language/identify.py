"""Finds the languages of a document, paragraph by paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import evolve, field, frozen
from attrs.validators import ge, le

from copydesk.api import Document, Language, LanguageSpan
from copydesk_language.bayes import Bayes
from copydesk_language.paragraph import Paragraph, divide
from copydesk_language.script import name_script

UNDETERMINED = "und"
_SHORT = 20  # letters; below that a paragraph may be a name or a quotation and proves nothing
_Ranking = dict[str, float]


@frozen
class Options:
    """What `language.identify` can be told."""

    sample_characters: int = field(default=1200, validator=ge(100))
    """Characters to read of a document, spread over its paragraphs, each of which is read for at
    least 100. Cost grows with it; beyond 2,000 nothing is gained."""
    least_share: float = field(default=0.05, validator=[ge(0.0), le(1.0)])
    """Part of the document, 0 to 1, that a language must hold to be named at all; what is less
    is taken for a mistake about a short line."""


class Identify:
    """The step `language.identify`."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._bayes = Bayes()

    def process(self, document: Document) -> Document:
        """Return the document with `language` and `languages`."""
        text = document.text or ""
        paragraphs = divide(text, self.options.sample_characters)
        rankings = [self._rank(paragraph) for paragraph in paragraphs]
        allowed = self._allow(paragraphs, rankings)
        spans = join(label(paragraphs, rankings, allowed))
        return evolve(document, language=dominant(text, spans), languages=tuple(spans))

    def _rank(self, paragraph: Paragraph) -> _Ranking:
        return dict(self._bayes.rank(paragraph.sample)) if paragraph.letters else {}

    def _allow(
        self, paragraphs: Sequence[Paragraph], rankings: Sequence[_Ranking]
    ) -> frozenset[str]:
        """Return the languages that hold enough of the document; short lines vote if alone."""
        long = [paragraph.letters >= _SHORT for paragraph in paragraphs]
        shares: Counter[str] = Counter()
        for paragraph, ranking, counts in zip(paragraphs, rankings, long, strict=True):
            if ranking and (counts or not any(long)):
                shares[next(iter(ranking))] += paragraph.end - paragraph.start
        least = self.options.least_share * shares.total()
        return frozenset(code for code, share in shares.items() if share >= least)


def label(
    paragraphs: Sequence[Paragraph], rankings: Sequence[_Ranking], allowed: frozenset[str]
) -> list[LanguageSpan]:
    """Return a span for each paragraph: its best allowed language, or that of its neighbours."""
    found: list[LanguageSpan] = []
    for paragraph, ranking in zip(paragraphs, rankings, strict=True):
        code, confidence = _best(ranking, allowed)
        if code == UNDETERMINED and found:
            code, confidence = found[-1].code, found[-1].confidence
        found.append(LanguageSpan(paragraph.start, paragraph.end, code, confidence))
    for index in range(len(found) - 2, -1, -1):
        after = found[index + 1]
        if found[index].code == UNDETERMINED:
            found[index] = evolve(found[index], code=after.code, confidence=after.confidence)
    return found


def _best(ranking: _Ranking, allowed: frozenset[str]) -> tuple[str, float]:
    fitting = {code: weight for code, weight in ranking.items() if code in allowed}
    if not fitting:
        return UNDETERMINED, 0.0
    code = max(fitting, key=fitting.__getitem__)
    return code, ranking[code]


def join(spans: Sequence[LanguageSpan]) -> list[LanguageSpan]:
    """Return spans that touch and agree as one, its confidence the mean over characters."""
    found: list[LanguageSpan] = []
    for span in spans:
        if not found or found[-1].code != span.code:
            found.append(span)
            continue
        last = found[-1]
        weight = (last.end - last.start) * last.confidence + (
            span.end - span.start
        ) * span.confidence
        mean = weight / ((span.end - last.start) or 1)
        found[-1] = evolve(last, end=span.end, confidence=mean)
    return [evolve(span, confidence=round(span.confidence, 4)) for span in found]


def dominant(text: str, spans: Sequence[LanguageSpan]) -> Language:
    """Return the language that holds most of the text."""
    shares: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    for span in spans:
        shares[span.code] += span.end - span.start
        sure[span.code] += (span.end - span.start) * span.confidence  # type: ignore[assignment]
    if not shares.total():
        return Language(UNDETERMINED, confidence=0.0)
    code = max(shares, key=shares.__getitem__)
    sample = "".join(
        text[s.start : min(s.end, s.start + 500)] for s in spans[:50] if s.code == code
    )
    return Language(code, name_script(code, sample), round(sure[code] / shares[code], 4))

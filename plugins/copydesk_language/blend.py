"""Weighs ELDC, CLD2, py3langid, alphabets and telling words into one answer with a probability."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, log1p
from operator import mul

from attrs import frozen

from copydesk_language.detector import Bayes, Cld2, Eldc, Scores
from copydesk_language.lexicon import Lexicon
from copydesk_language.script import languages_of, name_chinese, scripts_of

UNDETERMINED = "und"
_SURE = 0.99  # probability after ELDC and CLD2 from which py3langid is not asked
_SIMILAR = 0.5  # ELDC's best score below which py3langid is asked all the same
_RANDOM = -0.5  # py3langid's score for what is no language, above that of the best language
_SAMPLE = 600  # characters that py3langid reads
_MALAY = frozenset(("id", "ms"))  # ELDC says `ms` for both


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRESS = _words(
    "af am ar az ba be bg bn bo bs ca ckb cs cy da de dv el en es et eu fa fi fo fr fy ga gl gu ha"
    " he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lb lo lt lv mg mk ml mn mr ms mt my ne nl"
    " nn no om or pa pl ps pt ro ru rw sd si sk sl so sq sr sv sw ta te tg th ti tk tl tr tt ug uk"
    " ur uz vi xh yo zh zu"
)
"""Languages with newspapers of their own; a detector that names another is mostly wrong."""
_LARGE = _words(
    "ar cs da de el en es fa fi fr he hi hu id it ja ko nl pl pt ro ru sv th tr uk vi zh"
)
"""Languages with a hundredth of the pages of the web or near that."""

QUICK = (2.83, -0.5, -1.71, 5.96, 0.0, 0.0, 1.87, 1.52, 1.84, -1.79, -2.65, 0.71, 2.19, -0.67)
FULL = (0.28, 0.05, -1.25, 0.42, 2.53, 0.38, 0.94, 0.65, 1.07, -1.23, -0.09, 0.03, 1.09, -0.24)
"""Weights of the evidence, in the order of `Blend.weigh`; `tests/quality/language_fit.py` fits."""
_PRIOR = 0.9  # log-odds for a large language

Ranking = list[tuple[str, float]]
"""Languages with their probability, best first."""


@frozen
class Weighed:
    """The evidence on one text."""

    codes: list[str]
    """The languages that it may be in."""
    rows: list[Sequence[float]]
    """The evidence for each, in the order of the weights."""
    random: float
    """py3langid's score for letters at random, above that of the best candidate."""


class Blend:
    """The three detectors at once; py3langid is only asked when the other two leave a doubt."""

    def __init__(self) -> None:
        self._eldc = Eldc()
        self._cld2 = Cld2()
        self._bayes = Bayes()
        self._lexicon = Lexicon()

    def quick(self, text: str) -> Scores:
        """Return what ELDC alone says: scores of 0 to 1 that do not add up to one."""
        return self._eldc.rank(text)

    def judge(self, text: str, script: str | None) -> Ranking:
        """Return the languages that a text in one script may be, with calibrated probabilities."""
        known = languages_of(script) if script else ()
        if len(known) == 1:
            return [(known[0], 0.999)]
        if script == "Hani":
            return name_chinese(text)
        first = self.weigh(text, script, with_bayes=False)
        ranking = softmax(first, QUICK)
        if ranking and ranking[0][1] >= _SURE and max(row[1] for row in first.rows) >= _SIMILAR:
            return ranking
        second = self.weigh(text, script, with_bayes=True)
        if script == "Latn" and second.random > _RANDOM:
            return [(UNDETERMINED, 0.9)]
        return softmax(second, FULL)

    def compare(self, text: str, codes: Sequence[str]) -> dict[str, float]:
        """Return the probability of each of these languages if it can be no other."""
        first = softmax(self.weigh(text, None, codes, with_bayes=False), QUICK, prior=0.0)
        if first[0][1] >= _SURE:
            return dict(first)
        return dict(softmax(self.weigh(text, None, codes, with_bayes=True), FULL, prior=0.0))

    def weigh(
        self, text: str, script: str | None, among: Sequence[str] = (), *, with_bayes: bool
    ) -> Weighed:
        """Return the candidates, or those given, and the evidence for each."""
        similar = self._eldc.rank(text)
        named = self._cld2.rank(text)
        scores = self._bayes.score(text[:_SAMPLE]) if with_bayes else {}
        codes = list(among) or _candidates(script, similar, named, scores)
        evidence = _Evidence(text, similar, named, scores)
        evidence.read(self._lexicon, codes)
        rows = [evidence.of(code, self._knows(code)) for code in codes]
        return Weighed(codes, rows, evidence.scores.get(UNDETERMINED, -12.0))

    def _knows(self, code: str) -> bool:
        return code in self._eldc.languages or code in _MALAY


class _Evidence:
    """What the detectors and the lexicon say of one text."""

    def __init__(self, text: str, similar: Scores, named: Scores, scores: Scores) -> None:
        self.text = text.lower()
        self.length = log(max(len(text.encode("utf-8", "surrogatepass")), 8) / 60)
        self.similar = {**similar, "id": similar["ms"]} if "ms" in similar else similar
        self.most = max(similar.values(), default=0.0)
        self.named = named
        self.first = next(iter(named), None)
        self.scores = scores

    def read(self, lexicon: Lexicon, codes: list[str]) -> None:
        """Look at the letters and the words of the text."""
        counts = lexicon.count_words(self.text)
        self.words = {code: log1p(counts[code]) for code in codes if code in lexicon.worded}
        self.foreign = lexicon.count_foreign(self.text, codes)
        best = max((self.scores.get(code, -12.0) for code in codes), default=0.0)
        self.scores = {code: score - best for code, score in self.scores.items()}

    def of(self, code: str, known: bool) -> Sequence[float]:
        """Return the evidence for one language; `known` tells whether ELDC knows it."""
        similarity = self.similar.get(code, 0.0)
        score = max(-12.0, self.scores.get(code, -12.0)) if self.scores else 0.0
        is_first = float(code == self.first)
        others = [count for other, count in self.words.items() if other != code]
        balance = self.words[code] - max(others, default=0.0) if code in self.words else 0.0
        malay = code in _MALAY
        return (
            -log(1 - min(similarity, 0.999)),
            similarity,
            similarity * self.length,
            0.0 if known else self.most,
            score,
            score * self.length,
            is_first,
            is_first * self.length,
            self.named.get(code, 0.0),
            float(code not in _PRESS),
            log1p(self.foreign[code]),
            0.0 if malay else balance,
            balance if malay else 0.0,
            max(others, default=0.0) if code not in self.words else 0.0,
        )


def _candidates(script: str | None, *rankings: Scores) -> list[str]:
    found: dict[str, None] = {}
    for ranking in rankings:
        best = sorted(ranking, key=ranking.__getitem__, reverse=True)[:6]
        for code in best:
            found[code] = None
            if code == "ms":
                found["id"] = None
    fitting = [code for code in found if script in scripts_of(code) and code != UNDETERMINED]
    return fitting or list(languages_of(script or ""))[:1]


def softmax(weighed: Weighed, weights: Sequence[float], prior: float = _PRIOR) -> Ranking:
    """Return the candidates with their probabilities, best first."""
    logits = [
        sum(map(mul, row, weights)) + (prior if code in _LARGE else 0.0)
        for code, row in zip(weighed.codes, weighed.rows, strict=True)
    ]
    top = max(logits, default=0.0)
    parts = [exp(logit - top) for logit in logits]
    total = sum(parts)
    found = [(code, part / total) for code, part in zip(weighed.codes, parts, strict=True)]
    return sorted(found, key=lambda pair: -pair[1])

"""The language detectors of others, each behind one method that ranks languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from math import exp, sqrt
from pathlib import Path
from typing import Any, Protocol

from copydesk.api import CopydeskError
from copydesk_language.labels import Labels

_TAGS = {  # what the detectors say and what BCP 47 says
    "iw": "he",
    "jw": "jv",
    "sr-ME": "sr",
    "zh-Hant": "zh",
    "zxx": "und",
    "srl": "sr",
    "uzs": "uz",
    "hbo": "he",
    "grc": "el",
    "kik": "ki",
    "gug": "gn",
}
_JOKES = frozenset(("un", "xxx", "zzp", "zzb", "zzh", "zze", "tlh"))

Scores = dict[str, float]
"""Scores by language, best first; what they mean is the detector's own, more is better."""


class Detector(Protocol):
    """What every detector can do."""

    def rank(self, text: str) -> Scores:
        """Return the languages that a text may be in, with scores of 0 to 1, best first."""


class Eldc:
    """ELDC: byte n-grams of 60 languages, by far the fastest; scores of 0 to 1, each for itself."""

    def __init__(self) -> None:
        eldc = _load("eldc", "eldc")  # maps 24 MB
        self.languages = frozenset(eldc.LANGUAGES)
        eldc.init()
        self._instance: Any = eldc.instance()
        self._instance.set_scores(6)

    def rank(self, text: str) -> Scores:
        """Return up to six languages with their similarity."""
        scores: Scores = self._instance.detect_details(_clean(text)).scores
        return scores


class Cld2:
    """CLD2: quadgrams of 160 languages; names up to three, with their share of the text."""

    def __init__(self) -> None:
        self._detect: Any = _load("pycld2", "pycld2").detect  # maps 14 MB

    def rank(self, text: str) -> Scores:
        """Return the languages with their share of the text, 0 to 1."""
        found = self._detect(_clean(text), isPlainText=True, bestEffort=True)[2]
        scores: Scores = {}
        for _, code, percent, _ in found:
            if code not in _JOKES and not code.startswith("xx-"):
                scores.setdefault(_TAGS.get(code, code), percent / 100)
        return scores


class Bayes:
    """py3langid: naive Bayes over byte sequences of 140 languages; a second to load, and slow."""

    def __init__(self) -> None:
        self._rank: Any = _load("py3langid", "py3langid").rank  # imports numpy
        self._rank("a")  # loads the model now rather than with the first document

    def score(self, text: str) -> Scores:
        """Return all languages with their log-probability below that of the best.

        Byte sequences overlap, so that raw scores are far too sure of themselves: they are divided
        by the square root of the length.
        """
        ranked = self._rank(text)
        cooling = sqrt(len(text.encode("utf-8", "surrogatepass")) or 1)
        best = ranked[0][1]
        scores: Scores = {}
        for code, score in ranked:
            scores.setdefault(_TAGS.get(code, code), max(-12.0, float(score - best) / cooling))
        return scores

    def rank(self, text: str) -> Scores:
        """Return the languages with their probability, without those below one in a thousand."""
        scores = {code: exp(score) for code, score in self.score(text).items()}
        total = sum(scores.values())
        return {c: score / total for c, score in scores.items() if score > total / 1000}


class FastText:
    """A fastText model, such as `lid.176.ftz`, through fasttext-predict."""

    def __init__(self, model: Path | None) -> None:
        if model is None or not model.is_file():
            raise CopydeskError(
                f"language.identify: options.model: no fastText model at {str(model)!r}; download"
                " lid.176.ftz and give its path"
            )
        self._model: Any = _load("fasttext", "fasttext-predict").load_model(str(model))
        self._name = Labels().name

    def rank(self, text: str) -> Scores:
        """Return up to six languages with their probability."""
        labels, weights = self._model.predict(" ".join(_clean(text).split()), k=6)
        scores: Scores = {}
        for label, weight in zip(labels, weights, strict=True):
            code = self._name(label)
            scores[code] = min(1.0, scores.get(code, 0.0) + float(weight))
        return scores


class Lingua:
    """Lingua: n-grams of 75 languages, good for single words; slow, and a gigabyte."""

    def __init__(self) -> None:
        lingua = _load("lingua", "lingua-language-detector")
        self._detector: Any = lingua.LanguageDetectorBuilder.from_all_languages().build()

    def rank(self, text: str) -> Scores:
        """Return the six likeliest languages with their probability."""
        found = self._detector.compute_language_confidence_values(_clean(text))[:6]
        return {
            _NORWEGIAN.get(c := f.language.iso_code_639_1.name.lower(), c): f.value for f in found
        }


_NORWEGIAN = {"nb": "no"}

BACKENDS: dict[str, Callable[[Path | None], Detector]] = {
    "eldc": lambda _: Eldc(),
    "cld2": lambda _: Cld2(),
    "py3langid": lambda _: Bayes(),
    "fasttext": FastText,
    "lingua": lambda _: Lingua(),
}
"""Makes a detector by the name of its backend; some want a model."""


def _load(module: str, distribution: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise CopydeskError(
            f"language.identify: options.backend: {distribution} is not installed;"
            f" run `pip install {distribution}`"
        ) from error


_UNFIT = re.compile(  # what CLD2 refuses: control characters, noncharacters, halves of pairs
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)


def _clean(text: str) -> str:
    """Return a text that libraries in C can take."""
    return _UNFIT.sub(" ", text) if not text.isprintable() else text

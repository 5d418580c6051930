"""Ranks languages with py3langid, a naive Bayes model over byte sequences."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, sqrt


class Bayes:
    """The model of py3langid; made once a worker, because it takes a second to load."""

    def __init__(self) -> None:
        from py3langid import rank  # noqa: PLC0415  # imports numpy

        self._rank: Callable[[str], list[tuple[str, float]]] = rank
        rank("a")  # loads the model now rather than with the first document

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return languages with their probabilities, best first, nothing below one in a thousand.

        Byte sequences overlap, so that raw scores are far too sure of themselves: they are divided
        by the square root of the length before they become probabilities.
        """
        scores = self._rank(text)
        cooling = sqrt(len(text.encode("utf-8", "surrogatepass")) or 1)
        best = scores[0][1]
        weights = [
            (code, exp(max(-700.0, float(score - best) / cooling))) for code, score in scores
        ]
        total = sum(weight for _, weight in weights)
        return [
            (_TAGS.get(code, code), weight / total)
            for code, weight in weights
            if weight > total / 1000
        ]


_TAGS = {"zxx": "und", "srl": "sr", "uzs": "uz", "hbo": "he", "kik": "ki"}
"""Labels of py3langid that are not what BCP 47 calls the language."""

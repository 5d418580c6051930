"""How the options bear on the answer."""

from __future__ import annotations

import pytest

from copydesk_language.options import Options
from copydesk_language.verdict import Judge

AMBIGUOUS = "Saya juga menolak untuk pergi"


def test_allowed_languages() -> None:
    """Only allowed languages are named."""
    judge = Judge(Options(languages=("pt", "gl")))

    assert "pt" == judge.judge("El gobierno no dijo nada sobre esto.", "Latn")[0][0] or "gl"
    assert {"pt", "gl", "und"} >= {c for c, _ in judge.judge("O governo falou.", "Latn")}
    assert {"pt"} >= set(judge.quick("O governo português falou ontem."))


def test_prior() -> None:
    """A prior turns an answer that was open."""
    likely = Judge(Options(prior={"ms": 1000.0})).judge(AMBIGUOUS, "Latn")
    unlikely = Judge(Options(prior={"ms": 0.001})).judge(AMBIGUOUS, "Latn")

    assert ["ms", "id"] == [likely[0][0], unlikely[0][0]]


def test_least_confidence() -> None:
    """An answer that is not sure enough is `und`, as sure as the doubt was large."""
    [(code, confidence)] = Judge(Options(least_confidence=1.0)).judge(AMBIGUOUS, "Latn")

    assert "und" == code
    assert 0 < confidence < 1


@pytest.mark.parametrize("backend", ["eldc", "cld2", "py3langid"])
def test_backends_alone(backend: str) -> None:
    """Each detector can be used without the others, and keeps to the script."""
    judge = Judge(Options(backend=backend))  # type: ignore[arg-type]
    odds = judge.compare("O número de mortos ainda não é conhecido.", ["es", "pt"])

    assert "uk" == judge.judge("Президент заявив, що уряд готовий.", "Cyrl")[0][0]
    assert odds["pt"] > odds["es"]

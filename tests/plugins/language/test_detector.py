"""The detectors of others."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from copydesk.api import CopydeskError
from copydesk_language.detector import BACKENDS, Detector, FastText, Lingua

FRENCH = "Le gouvernement a annoncé jeudi une nouvelle réforme des retraites."


@pytest.mark.parametrize("name", ["eldc", "cld2", "py3langid"])
def test_rank(name: str) -> None:
    """Every bundled detector knows French, with a score of at most one."""
    scores = BACKENDS[name](None).rank(FRENCH)

    assert "fr" == next(iter(scores))
    assert all(0 <= score <= 1 for score in scores.values())


@pytest.mark.parametrize("name", ["eldc", "cld2", "py3langid"])
@pytest.mark.parametrize("text", ["", "\0", "\ud800", "a\0b \udfff c", "\ufdd0\uffff", "\x01\x02"])
def test_hostile(name: str, text: str) -> None:
    """No text brings a detector down."""
    assert isinstance(BACKENDS[name](None).rank(text), dict)


def test_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backend whose library is missing says what to install."""
    monkeypatch.setitem(sys.modules, "lingua", None)

    with pytest.raises(CopydeskError, match="pip install lingua-language-detector"):
        Lingua()


def test_missing_model(tmp_path: Path) -> None:
    """The backend `fasttext` says that it needs a model."""
    with pytest.raises(CopydeskError, match="no fastText model at"):
        FastText(tmp_path / "lid.176.ftz")


def test_fasttext(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Labels of fastText become tags whose shares add up, and it reads one line."""
    asked: list[str] = []

    def predict(text: str, k: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
        asked.append(text)
        return ("__label__fr", "__label__eng_Latn", "__label__en"), (1.00004, 0.1, 0.05)

    module = ModuleType("fasttext")
    module.load_model = lambda _: SimpleNamespace(predict=predict)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fasttext", module)
    model = tmp_path / "lid.176.ftz"
    model.touch()
    found: Detector = FastText(model)

    assert {"fr": 1.0, "en": pytest.approx(0.15)} == found.rank("un\ndeux")
    assert ["un deux"] == asked

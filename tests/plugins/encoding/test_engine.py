"""Tests the detectors behind the cascade."""

import random
import sys

import pytest

from copydesk.api import CopydeskError
from copydesk_encoding.engine import ChardetEngine, NormalizerEngine

RUSSIAN = "Правительство объявило о новых мерах поддержки. Министр сказал, что деньги есть. "
ENGINES = [ChardetEngine("all"), NormalizerEngine()]


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_know_common_encodings(engine: ChardetEngine | NormalizerEngine) -> None:
    """Each engine has the right label among its answers."""
    answers = engine.detect((RUSSIAN * 4).encode("cp1251"))

    assert "windows-1251" in [answer.name for answer in answers]


@pytest.mark.parametrize("engine", ENGINES)
def test_confidence_is_a_share(engine: ChardetEngine | NormalizerEngine) -> None:
    """All confidences lie between 0 and 1."""
    answers = engine.detect((RUSSIAN * 4).encode("koi8-r"))

    assert all(0 <= answer.confidence <= 1 for answer in answers)


def test_controls_do_not_make_text_binary() -> None:
    """Control characters strewn over a text do not hide what it is."""
    raw = RUSSIAN.replace(" ", "\x06 ").encode("cp1251") * 4

    assert "windows-1251" == ChardetEngine("all").detect(raw)[0].name


def test_random_bytes_are_nothing() -> None:
    """Nothing is detected in random bytes."""
    assert () == ChardetEngine("all").detect(random.Random(1).randbytes(3000))


@pytest.mark.parametrize("codec", ["euc_jp", "shift_jis"])
def test_names_of_the_web_are_preferred(codec: str) -> None:
    """Japanese text that needs no set of 2004 is not said to be in one."""
    raw = ("東京都知事選挙の投票が今日行われました。" * 4).encode(codec)

    assert codec.replace("euc_", "euc-") == ChardetEngine("all").detect(raw)[0].name


def test_eras_limit_the_answers() -> None:
    """An era that is left out is not answered."""
    raw = (RUSSIAN * 4).encode("cp866")

    assert "ibm866" == ChardetEngine("all").detect(raw)[0].name
    assert "ibm866" not in [answer.name for answer in ChardetEngine("web").detect(raw)]


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without charset-normalizer the error names the extra to install."""
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)

    with pytest.raises(CopydeskError, match=r"copydesk\[charset-normalizer\]"):
        NormalizerEngine()

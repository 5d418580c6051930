"""The blend of detectors."""

from __future__ import annotations

import pytest

from copydesk_language.blend import FULL, QUICK, Blend


@pytest.fixture(scope="module")
def blend() -> Blend:
    """Return the blend; its models take a second to load."""
    return Blend()


@pytest.mark.parametrize(
    ("text", "script", "code"),
    [
        ("Polisi mengatakan bahwa mobil itu milik perusahaan.", "Latn", "id"),
        ("Polis berkata kereta itu milik sebuah syarikat kerana ia dijumpai.", "Latn", "ms"),
        ("Eg veit ikkje kva dei meiner med dette.", "Latn", "nn"),
        ("Dit is die grootste maatskappy in die land.", "Latn", "af"),
        ("Hindi alam ng mga tao kung ano ang nangyari.", "Latn", "tl"),
        ("Президент заявив, що уряд готовий до переговорів.", "Cyrl", "uk"),
        ("رئیس جمهور گفت که دولت آماده مذاکره است.", "Arab", "fa"),
        ("नेपाल सरकारले नयाँ नीति घोषणा गरेको छ।", "Deva", "ne"),
        ("ราคา", "Thai", "th"),
    ],
)
def test_close_languages(blend: Blend, text: str, script: str, code: str) -> None:
    """Close languages and those that ELDC does not know are told apart."""
    assert code == blend.judge(text, script)[0][0]


def test_random_letters(blend: Blend) -> None:
    """Letters at random are no language."""
    assert "und" == blend.judge("smwawg jqlpihjf gnzc pku svvbr swvpw xbptfzw", "Latn")[0][0]


def test_probabilities(blend: Blend) -> None:
    """The probabilities of the candidates add up to one."""
    ranking = blend.judge("Det målet kom i det 29. minuttet.", "Latn")

    assert 1.0 == pytest.approx(sum(share for _, share in ranking))
    assert sorted(ranking, key=lambda pair: -pair[1]) == ranking


def test_compare(blend: Blend) -> None:
    """Among given languages only these are weighed."""
    found = blend.compare("O número de mortos ainda não é conhecido.", ["es", "pt"])

    assert {"es", "pt"} == set(found)
    assert found["pt"] > 0.9


def test_weights_fit(blend: Blend) -> None:
    """There is one weight for each piece of evidence."""
    rows = blend.weigh("Guten Tag", "Latn", with_bayes=True).rows

    assert {len(QUICK)} == {len(FULL)} == {len(row) for row in rows}

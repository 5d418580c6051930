"""Tests of where names begin and end."""

from __future__ import annotations

import pytest

from copydesk_entities import boundary


@pytest.mark.parametrize(
    ("text", "start", "begins"),
    [
        ("Musk", 0, 0),
        ("a Musk", 2, 2),
        ("aMusk", 1, None),
        ("3Musk", 1, None),
        ("对马斯克", 1, 1),
        ("ماسك", 0, 0),
        ("لماسك", 1, 0),
        ("ولماسك", 2, 0),
        ("قماسك", 1, None),
        ("ב־", 0, 0),
        ("במאסק", 1, 0),
        ("リイラン", 1, None),
        ("はイラン", 1, 1),
        ("러브라인도", 3, None),
        ("เมือง", 1, None),
    ],
)
def test_begin(text: str, start: int, begins: int | None) -> None:
    """A mention begins with its word, or with the Arabic or Hebrew clitic written to it."""
    assert begins == boundary.begin(text, start)


@pytest.mark.parametrize(
    ("text", "end", "tongue", "ends"),
    [
        ("Musk", 4, "en", 4),
        ("Musk's", 4, "en", 4),
        ("Musks", 4, "de", 5),
        ("Musks", 4, "en", None),
        ("Muskso", 4, "de", None),
        ("Muska", 4, "de", None),
        ("中国的", 2, "zh", 2),
        ("미국은", 2, "ko", 2),
        ("미국에서는", 2, "ko", 2),
        ("미국인", 2, "ko", None),
        ("イランド", 3, "ja", None),
        ("イランの", 3, "ja", 3),
    ],
)
def test_finish(text: str, end: int, tongue: str, ends: int | None) -> None:
    """A mention ends with its word, with a genitive s, or before a Korean particle."""
    assert ends == boundary.finish(text, end, (tongue,))


def test_korean_words_end_before_particles() -> None:
    """Other scripts are not asked."""
    assert boundary.ends_word("3원을", 2)
    assert boundary.ends_word("3원", 2)
    assert not boundary.ends_word("3원칙", 2)
    assert boundary.ends_word("3元的", 2)

"""Tests how texts are compared with languages."""

import pytest

from copydesk_encoding.likeness import find_language


def test_language_is_found() -> None:
    """A text looks like its language, and more so than when it is read wrongly."""
    language, likeness = find_language("Analistët e modës parashikojnë se")

    assert "sq" == language
    assert find_language("Analistėt e modės parashikojnė se")[1] < likeness <= 1


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "12 345", "a\0b \udfff"])
def test_any_text_will_do(text: str) -> None:
    """No text is too odd to be compared."""
    language, likeness = find_language(text)

    assert 0 <= likeness <= 1
    assert bool(language) == (likeness > 0)

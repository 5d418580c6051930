"""Tests what is known of the encodings themselves."""

import pytest

from copydesk_encoding.habitat import ASIAN, find_rarity, is_at_home


@pytest.mark.parametrize(
    ("label", "rarity"),
    [("windows-1252", 0), ("koi8-r", 1), ("macintosh", 2), ("hp-roman8", 3), ("unheard-of", 3)],
)
def test_rarity(label: str, rarity: int) -> None:
    """What the web uses is usual, what nobody has heard of is not."""
    assert rarity == find_rarity(label)


def test_two_byte_encodings_are_usual() -> None:
    """The encodings of Chinese, Japanese and Korean are as usual as windows-1252."""
    assert {0} == set(map(find_rarity, ASIAN))


def test_home() -> None:
    """An encoding is at home in the languages that it was made for."""
    assert is_at_home("windows-1254", "tr")
    assert not is_at_home("windows-1252", "tr")
    assert not is_at_home("windows-1252", "")

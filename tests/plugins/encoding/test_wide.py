"""Tests the recognition of UTF-16 and UTF-32 without a mark."""

import pytest

from copydesk_encoding.wide import find_wide


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("今天北京天气晴朗气温回升", "gb18030"),
        ("今天臺北天氣晴朗氣溫回升", "big5"),
        ("東京都知事選挙今日投票開票結果発表", "shift_jis"),
        ("東京都知事選挙今日投票開票結果発表", "euc_jp"),
        ("대한민국정부는오늘새로운정책을발표했다", "cp949"),
    ],
)
def test_two_byte_encodings_are_not_wide(text: str, codec: str) -> None:
    """Text of two-byte legacy encodings, which may decode as UTF-16, is not taken for it."""
    assert find_wide(text.encode(codec)) is None


@pytest.mark.parametrize(("raw", "label"), [(b"a\0", "utf-16le"), (b"\0a", "utf-16be")])
def test_one_character_is_enough(raw: bytes, label: str) -> None:
    """One character of which one byte is zero is UTF-16."""
    assert label == find_wide(raw)


def test_binary_data_is_not_wide() -> None:
    """Numbers in four bytes each are not text."""
    assert find_wide(b"".join(n.to_bytes(4, "little") for n in range(0, 900_000, 977))) is None

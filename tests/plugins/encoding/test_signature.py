"""Tests what the first bytes tell."""

import pytest

from copydesk_encoding.signature import find_high


@pytest.mark.parametrize("before", [0, 1, 65535, 65536, 200_000])
def test_first_byte_beyond_ascii(before: int) -> None:
    """The first byte beyond ASCII is found wherever it is."""
    assert before == find_high(b"a" * before + b"\xe9 et \xe0")


def test_no_byte_beyond_ascii() -> None:
    """Without one the answer is the beginning."""
    assert 0 == find_high(b"plain")

"""Tests where damaged UTF-8 ends and legacy text begins."""

import pytest

from copydesk_encoding.damage import is_damaged_utf8


@pytest.mark.parametrize(
    ("raw", "damaged"),
    [
        ("Ünïcödé wörds ".encode() * 3 + b"\x96", True),
        ("Übergrößen für Väter und Söhne".encode("cp1252"), False),
        ("新闻".encode()[:-1], True),
        ("中国新闻网今天报道".encode("gb18030"), False),
        (b"only ascii and one \xe9", False),
        ("Latin-1 with one pair: é à ü ö, ç ñ ".encode("cp1252") + "é".encode(), False),
        ("Der größte Spaß“ und der kleinste Gruß“ von allen am Schluß“".encode("cp1252"), False),
        ("It’s one of the few signs in all of this long text,".encode() + b" \xe9 \xe8", True),
    ],
)
def test_the_greater_part_decides(raw: bytes, damaged: bool) -> None:
    """Text is damaged UTF-8 when valid characters far outnumber the stray bytes."""
    assert damaged == is_damaged_utf8(raw)

"""Tells which writing system a text uses, from the blocks of Unicode."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import lru_cache

_BLOCKS = (  # first code point, and the ISO 15924 code from there on
    (0x0000, ""),
    (0x0041, "Latn"),
    (0x005B, ""),
    (0x0061, "Latn"),
    (0x007B, ""),
    (0x00AA, "Latn"),
    (0x00AB, ""),
    (0x00BA, "Latn"),
    (0x00BB, ""),
    (0x00C0, "Latn"),
    (0x00D7, ""),
    (0x00D8, "Latn"),
    (0x00F7, ""),
    (0x00F8, "Latn"),
    (0x02B0, ""),
    (0x0370, "Grek"),
    (0x0400, "Cyrl"),
    (0x0530, "Armn"),
    (0x0590, "Hebr"),
    (0x0600, "Arab"),
    (0x060C, ""),
    (0x0610, "Arab"),
    (0x0660, ""),
    (0x066E, "Arab"),
    (0x06F0, ""),
    (0x06FA, "Arab"),
    (0x0700, "Syrc"),
    (0x0750, "Arab"),
    (0x0780, "Thaa"),
    (0x07C0, "Nkoo"),
    (0x0800, ""),
    (0x0860, "Syrc"),
    (0x0870, "Arab"),
    (0x0900, "Deva"),
    (0x0964, ""),
    (0x0970, "Deva"),
    (0x0980, "Beng"),
    (0x0A00, "Guru"),
    (0x0A80, "Gujr"),
    (0x0B00, "Orya"),
    (0x0B80, "Taml"),
    (0x0C00, "Telu"),
    (0x0C80, "Knda"),
    (0x0D00, "Mlym"),
    (0x0D80, "Sinh"),
    (0x0E00, "Thai"),
    (0x0E80, "Laoo"),
    (0x0F00, "Tibt"),
    (0x1000, "Mymr"),
    (0x10A0, "Geor"),
    (0x1100, "Kore"),
    (0x1200, "Ethi"),
    (0x13A0, "Cher"),
    (0x1400, "Cans"),
    (0x1680, ""),
    (0x1780, "Khmr"),
    (0x1800, "Mong"),
    (0x18B0, ""),
    (0x1C50, "Olck"),
    (0x1C80, "Cyrl"),
    (0x1C90, "Geor"),
    (0x1CC0, ""),
    (0x1E00, "Latn"),
    (0x1F00, "Grek"),
    (0x2000, ""),
    (0x2C00, ""),
    (0x2D00, "Geor"),
    (0x2D30, "Tfng"),
    (0x2D80, "Ethi"),
    (0x2DE0, "Cyrl"),
    (0x2E00, ""),
    (0x3005, "Hani"),
    (0x3008, ""),
    (0x3041, "Jpan"),
    (0x30FB, ""),
    (0x30FC, "Jpan"),
    (0x3100, ""),
    (0x3130, "Kore"),
    (0x3190, ""),
    (0x31F0, "Jpan"),
    (0x3200, ""),
    (0x3400, "Hani"),
    (0x4DC0, ""),
    (0x4E00, "Hani"),
    (0xA000, "Yiii"),
    (0xA4D0, ""),
    (0xA640, "Cyrl"),
    (0xA6A0, ""),
    (0xA720, "Latn"),
    (0xA800, ""),
    (0xA8E0, "Deva"),
    (0xA900, ""),
    (0xAA60, "Mymr"),
    (0xAA80, ""),
    (0xAB01, "Ethi"),
    (0xAB30, ""),
    (0xAC00, "Kore"),
    (0xD7FC, ""),
    (0xF900, "Hani"),
    (0xFB00, "Latn"),
    (0xFB13, "Armn"),
    (0xFB1D, "Hebr"),
    (0xFB50, "Arab"),
    (0xFE00, ""),
    (0xFE70, "Arab"),
    (0xFEFF, ""),
    (0xFF21, "Latn"),
    (0xFF3B, ""),
    (0xFF41, "Latn"),
    (0xFF5B, ""),
    (0xFF66, "Jpan"),
    (0xFFA0, "Kore"),
    (0xFFE0, ""),
    (0x20000, "Hani"),
    (0x32000, ""),
)
_STARTS = [first for first, _ in _BLOCKS]


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Return the ISO 15924 code of a letter's writing system; empty for what is no letter.

    The letters that Chinese, Japanese and Korean share are `Hani`; kana are `Jpan`.
    """
    return _BLOCKS[bisect_right(_STARTS, ord(character)) - 1][1]


def count_scripts(text: str) -> Counter[str]:
    """Return how many letters of each writing system a text has."""
    found: Counter[str] = Counter()
    for character, count in Counter(text).items():
        script = script_of(character)
        if script:
            found[script] += count
    return found


def name_script(code: str, text: str) -> str | None:
    """Return the ISO 15924 code of the writing system of a text known to be in language `code`."""
    counts = count_scripts(text)
    if code == "und" or not counts:
        return None
    east = {"ja": "Jpan", "ko": "Kore"}.get(code)
    if east and counts["Hani"] + counts[east] > 0:
        return east
    script = max(counts, key=counts.__getitem__)
    return name_han(text) if script == "Hani" else script


def name_han(text: str) -> str:
    """Return `Hans` or `Hant`: the standard of the mainland or of Taiwan that holds more of it."""
    simplified = len(text.encode("gb2312", "ignore"))
    return "Hant" if len(text.encode("big5", "ignore")) > simplified else "Hans"

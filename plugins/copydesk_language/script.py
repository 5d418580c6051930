"""Tells which writing system a text uses, from the blocks of Unicode."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

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
_NO_LETTER = re.compile(r"[^A-Za-z]+")
_STARTS = [first for first, _ in _BLOCKS]


class _Scripts(dict[str, str]):
    """Scripts by character; remembers those that it was asked for."""

    def __missing__(self, character: str) -> str:
        found = _BLOCKS[bisect_right(_STARTS, ord(character)) - 1][1]
        if len(self) < 20_000:
            self[character] = found
        return found


_BY_CHARACTER = _Scripts()


def script_of(character: str) -> str:
    """Return the ISO 15924 code of a letter's writing system; empty for what is no letter.

    The letters that Chinese, Japanese and Korean share are `Hani`; kana are `Jpan`.
    """
    return _BY_CHARACTER[character]


def count_scripts(text: str) -> dict[str, int]:
    """Return how many letters of each writing system a text has."""
    if text.isascii():
        letters = len(_NO_LETTER.sub("", text))
        return {"Latn": letters} if letters else {}
    found: dict[str, int] = {}
    for character, count in Counter(text).items():
        script = _BY_CHARACTER[character]
        found[script] = found.get(script, 0) + count
    found.pop("", None)
    return found


def main_script(counts: Mapping[str, int]) -> str | None:
    """Return the writing system of a text with these letters; None without any.

    Latin letters are in every text: another script that holds a fifth of it is the one. Han letters
    among enough kana are Japanese.
    """
    weights = {script: count * WEIGHTS.get(script, 1) for script, count in counts.items()}
    kana = weights.get("Jpan", 0)
    if kana > _KANA * weights.get("Hani", 0):
        weights["Jpan"] = kana + weights.pop("Hani", 0)
    latin = weights.pop("Latn", 0)
    other = sum(weights.values())
    if other and other >= _OTHER * (latin + other):
        return max(weights, key=weights.__getitem__)
    return "Latn" if latin else None


def name_script(code: str, text: str) -> str | None:
    """Return the ISO 15924 code of the writing system of a text known to be in language `code`."""
    counts = count_scripts(text)
    if code == "und" or not counts:
        return None
    fitting = [script for script in counts if script in scripts_of(code)]
    script = max(fitting or counts, key=counts.__getitem__)
    return name_han(text) if script == "Hani" else script


def name_han(text: str) -> str:
    """Return `Hans` or `Hant`: the standard of the mainland or of Taiwan that holds more of it."""
    simplified = len(text.encode("gb2312", "ignore"))
    return "Hant" if len(text.encode("big5", "ignore")) > simplified else "Hans"


def name_chinese(text: str) -> list[tuple[str, float]]:
    """Return Chinese, Cantonese and Japanese without kana with rough probabilities, best first.

    Cantonese has words that are never written in Mandarin; Japanese has its own simplified letters.
    """
    counts = Counter(text)
    han = sum(n for character, n in counts.items() if script_of(character) == "Hani") or 1
    marks = [counts[character] for character in _CANTONESE]
    if sum(marks) > _FEW * han and sum(map(bool, marks)) > 1:
        return [("yue", 0.95), ("zh", 0.05)]
    japanese = sum(n for character, n in counts.items() if _is_japanese(character))
    if japanese > _FEW * han and not any(marks):
        return [("ja", 0.9), ("zh", 0.1)]
    return [("zh", 0.99), ("yue", 0.01)]


def _is_japanese(character: str) -> bool:
    return (
        character >= "\u3400"
        and bool(character.encode("shift_jis", "ignore"))
        and not character.encode("gb2312", "ignore")
        and not character.encode("big5", "ignore")
        and script_of(character) == "Hani"
    )


def scripts_of(code: str) -> tuple[str, ...]:
    """Return the writing systems of a language; Latin unless it is known better."""
    return _SCRIPTS.get(code, ("Latn",))


def languages_of(script: str) -> tuple[str, ...]:
    """Return the languages of a writing system other than Latin, the one with most news first."""
    return _LANGUAGES.get(script, ())


WEIGHTS = {"Hani": 3, "Jpan": 3, "Kore": 2}
"""Letters of an alphabet that a letter of these is worth."""
_CANTONESE = "嘅咗喺哋唔冇嚟啲佢咁嗰咩噉攞睇"
_FEW = 0.03  # share of the letters
_OTHER = 0.2  # a title in Thai or Hindi may be names in Latin letters for the most part
_KANA = 0.04  # Chinese has a の now and then
_LANGUAGES = {
    "Arab": ("ar", "fa", "ur", "ps", "ug", "sd", "ckb", "ku", "ks", "arz", "ary", "sdh"),
    "Armn": ("hy",),
    "Beng": ("bn", "as"),
    "Cans": ("iu",),
    "Cher": ("chr",),
    "Cyrl": (
        *("ru", "uk", "bg", "sr", "mk", "be", "kk", "mn", "ky", "tg", "tt", "ba", "uz", "az"),
        *("os", "ab", "cv", "ce", "tk", "crh"),
    ),
    "Deva": ("hi", "mr", "ne", "sa", "bh", "gom", "mai", "raj", "ks"),
    "Ethi": ("am", "ti"),
    "Geor": ("ka",),
    "Grek": ("el",),
    "Gujr": ("gu",),
    "Guru": ("pa",),
    "Hani": ("zh", "yue"),
    "Hebr": ("he", "yi"),
    "Jpan": ("ja",),
    "Khmr": ("km",),
    "Knda": ("kn",),
    "Kore": ("ko",),
    "Laoo": ("lo",),
    "Mlym": ("ml",),
    "Mong": ("mn",),
    "Mymr": ("my",),
    "Nkoo": ("nqo",),
    "Olck": ("sat",),
    "Orya": ("or",),
    "Sinh": ("si",),
    "Syrc": ("syr",),
    "Taml": ("ta",),
    "Telu": ("te",),
    "Tfng": ("zgh",),
    "Thaa": ("dv",),
    "Thai": ("th",),
    "Tibt": ("bo", "dz"),
    "Yiii": ("ii",),
}
_RARER = {  # known to fastText models alone
    "Arab": "azb bal glk lrc mzn pnb skr",
    "Armn": "hyw",
    "Beng": "bpy mni",
    "Cyrl": "ady av bxr dar inh kbd krc kv lez mhr mrj myv rue sah tyv udm xal",
    "Deva": "awa bho dty hne mag new",
    "Geor": "xmf",
    "Mymr": "shn",
}
_LATIN_TOO = ("sr", "uz", "az", "tt", "ku", "crh", "tk")
_SCRIPTS: dict[str, tuple[str, ...]] = dict.fromkeys(_LATIN_TOO, ("Latn",))
for _script, _codes in _LANGUAGES.items():
    for _code in _codes:
        _SCRIPTS[_code] = (_script, *_SCRIPTS.get(_code, ()))
_SCRIPTS |= {_code: (_script,) for _script, _codes in _RARER.items() for _code in _codes.split()}

"""Weighs how hard it is to believe that somebody wrote what an encoding makes of some bytes."""

from __future__ import annotations

import re
from collections import Counter

from copydesk_encoding.alphabets import weigh_letters
from copydesk_encoding.labels import find_codec

# The weights are in nats, like the surprise of a letter; they were set by hand, not fitted.
_PUNCTUATION = 1.5
_SIGN = 3.0
_ODD = 8.0
_RARE_SIGN = 11.0
_FAULTS = (
    # controls, private use and what could not be read
    (8.0, re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")),
    # scripts that change within a word
    (
        5.0,
        re.compile(
            r"[A-Za-zÀ-ÖØ-öø-ɏ][\u0370-\u06ff\u0e00-\u0e7f]"
            r"|[\u0370-\u06ff\u0e00-\u0e7f][A-Za-zÀ-ÖØ-öø-ɏ]"
            r"|[\u0370-\u03ff][\u0400-\u06ff]|[\u0400-\u06ff][\u0370-\u03ff]"
        ),
    ),
    # capitals after small letters, and small ones after two capitals
    (
        5.0,
        re.compile(
            r"(?<=[a-zß-öø-ÿа-яёα-ω])[À-ÖØ-ÞА-ЯЁΑ-Ω]|[A-ZÀ-ÖØ-ÞА-ЯЁ]{2}[ß-öø-ÿ]"
            r"|(?<=[a-zß-öø-ÿ])[ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ]"
        ),
    ),
    # signs inside words, where only some punctuation belongs
    (
        4.0,
        re.compile(
            r"(?<=[^\W\d_])(?!(?<=[LlNnSs])·[LlHh])[^\w\s\x00-\x7f’\u00ad‑–—…‘\u0300-\u036f\u0591-\u05c7\u064b-\u0652"
            r"\u0e31-\u0e4e](?=[^\W\d_])"
            r"|[½¼¾¤¦¨´¸¯×²³¹](?=[^\W\d_])|(?<=[^\W\d_])[½¼¾¤¦¨´¸¯×]"
        ),
    ),
    # letters beside digits, where a space that does not break is likelier
    (4.0, re.compile(r"[0-9][À-ÖØ-öø-ɏ]|[À-ÖØ-öø-ɏ][0-9]")),
    # apostrophes before words in scripts that have none there
    (4.0, re.compile(r"(?<![^\W\d_])’(?=[\u0370-\u052f])")),
    # sentences that begin small
    (
        4.0,
        re.compile(r"(?:\A|[.!?]\s)[\"'«„“(]?[ß-öø-ÿāăąćčďđęěłńňőřśşšťůźżžа-яёђ-џα-ω]"),
    ),
    # single letters of an alphabet that has few words of one letter
    (2.0, re.compile(r"(?<![^\W\d_])[\u0370-\u06ff\u0e00-\u0e7f](?![^\W\d_])")),
)
_COMMON_PUNCTUATION = frozenset("\u00a0«»‹›“”„‘’‚–—…·•°€\u060c\u061b\u061f¿¡º")
_COMMON_SIGNS = frozenset("\u00ad‟―§©®™£¥№½¼¾²³×±µª‰†\u200e\u200f\u0640")
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0e30-\u0e4f]")
_HIGH = re.compile(r"[^\x00-\x7f]")
# Lead bytes of punctuation and kana, and of the signs that the makers of the set held to be common.
_LEVELS = {
    "gb18030": (range(0xA1, 0xAA), range(0xB0, 0xD8)),
    "big5": (range(0xA1, 0xA4), range(0xA4, 0xC7)),
    "shift_jis": (range(0x81, 0x85), range(0x88, 0x98)),
    "shift-jis-2004": (range(0x81, 0x85), range(0x88, 0x98)),
    "euc-jp": (range(0xA1, 0xA9), range(0xB0, 0xD0)),
    "euc-jis-2004": (range(0xA1, 0xA9), range(0xB0, 0xD0)),
    "euc-kr": (range(0xA1, 0xAD), range(0xB0, 0xC9)),
    "johab": (range(0xD9, 0xDF), range(0x84, 0xD4)),
}
_LEVEL_COSTS = (4.0, 6.5)


def weigh(text: str, label: str) -> float:
    """Return the cost of all characters of `text` beyond ASCII, in nats."""
    counts = Counter(_HIGH.findall(text))
    signs = _weigh_signs(counts, label) if label in _LEVELS else _weigh_letters(counts)
    return signs + weigh_faults(text)


def weigh_faults(text: str) -> float:
    """Return the cost of what hardly ever stands side by side, in nats."""
    return sum(cost * len(pattern.findall(text)) for cost, pattern in _FAULTS)


def _weigh_signs(counts: Counter[str], label: str) -> float:
    """Return the cost of the characters of a two-byte encoding."""
    codec = find_codec(label)
    levels = _LEVELS[label]
    cost = 0.0
    for sign, number in counts.items():
        raw = sign.encode(codec, "replace")
        if len(raw) != 2:
            cost += number * _ODD
            continue
        level = next((n for n, leads in enumerate(levels) if raw[0] in leads), None)
        cost += number * (_RARE_SIGN if level is None else _LEVEL_COSTS[level])
    return cost


def _weigh_letters(counts: Counter[str]) -> float:
    """Return the cost of the characters of an alphabet, in the language that they fit best."""
    letters: Counter[str] = Counter()
    cost = 0.0
    for character, number in counts.items():
        if character in _COMMON_PUNCTUATION:
            cost += number * _PUNCTUATION
        elif character in _COMMON_SIGNS:
            cost += number * _SIGN
        elif character.isalpha() or _MARKS.match(character):
            small = character.lower()
            letters[small if len(small) == 1 else character] += number  # İ has no small letter
        else:
            cost += number * _ODD
    return cost + weigh_letters(letters)

"""Judges whether decoded bytes look like what somebody wrote."""

from __future__ import annotations

import re

_SAMPLE = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_HIGH = re.compile(r"[^\x00-\x7f]")
# A letter of another script, or a letter between signs, inside a Latin word.
_MIXED = re.compile(
    r"[A-Za-z\u00c0-\u024f][\u0370-\u06ff\u0e00-\u0e7f]"
    r"|[\u0370-\u06ff\u0e00-\u0e7f][A-Za-z\u00c0-\u024f]"
)
_ACCENTED = re.compile(r"[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
_SHOUT = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u00ff][\u00c0-\u00d6\u00d8-\u00de]")


def is_plausible(text: str) -> bool:
    """Return whether `text` has few characters that only a wrong encoding produces.

    Judged are control and private-use characters, words that mix scripts, words made only of
    accented Latin letters, and capitals in the middle of words; each against the characters that
    are not ASCII, since all encodings read ASCII alike.
    """
    sample = text[:_SAMPLE]
    high = len(_HIGH.findall(sample))
    if not high:
        return True
    odd = len(_CONTROL.findall(sample)) + len(_MIXED.findall(sample)) + len(_SHOUT.findall(sample))
    if odd * 20 > high:
        return False
    accented = len(_ACCENTED.findall(sample))
    bare = sum(len(word) for word in _WORD.findall(sample) if _is_all_accented(word))
    return bare * 3 <= max(accented, 1) or accented * 2 < high


def _is_all_accented(word: str) -> bool:
    return len(word) > 2 and not _LATIN.search(word) and bool(_ACCENTED.match(word))

"""Judges whether decoded bytes look like what somebody wrote."""

from __future__ import annotations

import re

from copydesk_encoding.cost import weigh_faults

_SAMPLE = 100_000
_MAX_FAULTS = 0.4  # nats a character beyond ASCII: a fault in ten or so
_HIGH = re.compile(r"[^\x00-\x7f]")
# Words of accented Latin letters alone: Cyrillic that is read as windows-1252 has no others.
_BARE = re.compile(r"(?<![^\W\d_])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]{3,}(?![^\W\d_])")


def is_plausible(text: str) -> bool:
    """Return whether `text` has few marks of a wrong encoding.

    Judged against the characters that are not ASCII, since all encodings read ASCII alike. Text
    in capitals is left to the statistics: KOI8-R read as windows-1251 is all capitals too.
    """
    sample = text[:_SAMPLE]
    letters = _HIGH.findall(sample)
    high = len(letters)
    if sum(map(str.isupper, letters)) * 2 > high:
        return False
    bare = sum(map(len, _BARE.findall(sample)))
    return weigh_faults(sample) <= _MAX_FAULTS * high and bare * 4 <= high

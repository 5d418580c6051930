"""Tells UTF-8 with a few stray bytes from text that was never UTF-8."""

from __future__ import annotations

# A stray byte must be outnumbered by this many bytes of valid multi-byte characters. In legacy text
# the ratio is upside down: nearly all bytes above 7F are invalid as UTF-8.
_BYTES_PER_STRAY = 4


def is_damaged_utf8(raw: bytes) -> bool:
    """Return whether `raw`, which is not valid UTF-8, is UTF-8 but for a few bytes."""
    kept = raw.decode("utf-8", "ignore")
    valid = kept.encode()
    strays = len(raw) - len(valid)
    multiple = len(valid) - (len(kept) - count_wide(kept))
    if not multiple:
        return False
    return is_cut(raw, strays) or strays * _BYTES_PER_STRAY <= multiple


def is_cut(raw: bytes, strays: int) -> bool:
    """Return whether all that is wrong is that the last character breaks off."""
    if strays > 3:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end == len(raw) and error.reason == "unexpected end of data"
    return False


def count_wide(text: str) -> int:
    """Return how many characters are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))

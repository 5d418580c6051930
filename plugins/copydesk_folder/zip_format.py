"""What the directory and the members' headers of a zip archive have in common."""

from __future__ import annotations

import zlib
from calendar import timegm
from struct import unpack_from

STORED, DEFLATED = 0, 8
HAS_DESCRIPTOR = 0x8
"""Flag: sizes and checksum come after the data."""
IN_EXTRA = 0xFFFFFFFF
"""A size or an offset of this value is among the extra fields, with 64 bits."""

_UTF8 = 0x800
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = {9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "zstandard", 95: "XZ", 98: "PPMd"}
_EXTRA_64, _EXTRA_TIME, _EXTRA_NAME = 0x0001, 0x5455, 0x7075

_CHECKSUM_BITS = 32

Extra = dict[int, bytes]
"""The extra fields of a header by number."""


def mark(offset: int, checksum: int) -> int:
    """Return the position of a member, by which it is found and known again."""
    return offset << _CHECKSUM_BITS | checksum


def read_mark(position: int) -> tuple[int, int]:
    """Return the offset and the checksum that `mark` was given."""
    return position >> _CHECKSUM_BITS, position & ((1 << _CHECKSUM_BITS) - 1)


def read_extra(raw: bytes) -> Extra:
    """Return the extra fields, as far as they are sound."""
    found = {}
    at = 0
    while at + 4 <= len(raw):
        number, size = unpack_from("<2H", raw, at)
        found[number] = raw[at + 4 : at + 4 + size]
        at += 4 + size
    return found


def widen(values: list[int], extra: Extra) -> list[int]:
    """Return sizes and offsets with those that are among the extra fields put in."""
    wide = extra.get(_EXTRA_64, b"")
    at = 0
    found = []
    for value in values:
        if value == IN_EXTRA and at + 8 <= len(wide):
            value = unpack_from("<Q", wide, at)[0]  # noqa: PLW2901
            at += 8
        found.append(value)
    return found


def read_name(raw: bytes, flags: int, extra: Extra) -> str:
    """Return a member's name.

    Many programs write UTF-8 without saying so, and what happens to be valid UTF-8 is nearly never
    anything else; code page 437, which the format prescribes, is for the rest.
    """
    better = extra.get(_EXTRA_NAME, b"")
    if len(better) > 5 and unpack_from("<I", better, 1)[0] == zlib.crc32(raw):
        raw, flags = better[5:], _UTF8
    try:
        name = raw.decode("utf-8", "surrogateescape" if flags & _UTF8 else "strict")
    except UnicodeDecodeError:
        name = raw.decode("cp437")
    return name.replace("\\", "/")  # only broken programs write it, and they mean a folder


def read_modified(date: int, time: int, extra: Extra) -> float | None:
    """Return the time of change in seconds since the epoch; what has no time zone counts as UTC."""
    stamp = extra.get(_EXTRA_TIME, b"")
    if len(stamp) >= 5 and stamp[0] & 1:
        return float(unpack_from("<i", stamp, 1)[0])
    year, month, day = 1980 + (date >> 9), date >> 5 & 15, date & 31
    if not (1 <= month <= 12 and day >= 1) or (year, month, day, time) == (1980, 1, 1, 0):
        return None  # what programs write that do not know, or do not want to tell
    return float(timegm((year, month, day, time >> 11, time >> 5 & 63, (time & 31) * 2)))


def find_fault(flags: int, method: int) -> str:
    """Return why a member cannot be read, as far as its header tells."""
    if flags & _ENCRYPTED:
        return "it is encrypted; unpack the archive with its password and give the folder"
    if method not in {STORED, DEFLATED}:
        name = _METHODS.get(method, "an unknown method")
        return f"it is packed with {name} ({method}); unpack the archive and give the folder"
    return ""

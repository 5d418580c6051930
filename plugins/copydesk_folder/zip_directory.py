"""Reads the directory at the end of a zip archive, entry by entry."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from struct import Struct

from attrs import frozen

from copydesk_folder.container import DamageError
from copydesk_folder.file import File
from copydesk_folder.member import Member
from copydesk_folder.zip_format import (
    find_fault,
    mark,
    read_extra,
    read_modified,
    read_name,
    widen,
)

_ENTRY, _END, _END_64, _LOCATOR = b"PK\1\2", b"PK\5\6", b"PK\6\6", b"PK\6\7"
# mark, system, flags, method, time, date, checksum, packed size, size, lengths of name, extra
# fields and comment, disk, attributes, offset of the member
_ENTRY_RECORD = Struct("<4sxB2x4H3I4H2x2I")
# mark, disk, disk of the directory, entries there, entries, size, offset, length of the comment
_END_RECORD = Struct("<4s4H2IH")
_END_64_RECORD = Struct("<4s12x2I4Q")
_LOCATOR_RECORD = Struct("<4sIQI")
_LONGEST_COMMENT = 0xFFFF
_UNIX = 3
_THIS_DISK = {0, 0xFFFF}


@frozen
class Directory:
    """Where the directory of an archive is."""

    offset: int
    size: int
    entries: int
    shift: int
    """Bytes before the archive, which offsets in it do not count."""


def find_directory(file: File) -> Directory | None:
    """Return where the directory is; None for what does not end as an archive does.

    Raises `DamageError` where it cannot be where the end says, or is in another file.
    """
    tail_size = min(file.size, _LONGEST_COMMENT + _END_RECORD.size)
    start = file.size - tail_size
    tail = file.read_at(start, tail_size)
    ends = _find_ends(tail)
    if not ends:
        return None
    at = ends[0] if len(ends) == 1 else max(ends, key=lambda at: _rate(file, tail, at))
    _, disk, first_disk, _, entries, size, offset, _ = _END_RECORD.unpack_from(tail, at)
    end = start + at
    wide = _find_wide(file, end)
    if wide is not None:
        end, disk, first_disk, entries, size, offset = wide
    if disk or first_disk:
        raise DamageError("a part of a split archive; join the parts")
    shift = end - size - offset
    if shift < 0:
        raise DamageError("damaged: its directory is not where its end says")
    return Directory(offset + shift, size, entries, shift)


def _find_ends(tail: bytes) -> list[int]:
    """Return where the end of an archive may be: what is said in a comment can look like one."""
    found = []
    at = tail.find(_END)
    while 0 <= at <= len(tail) - _END_RECORD.size:
        found.append(at)
        at = tail.find(_END, at + len(_END))
    return found


def _rate(file: File, tail: bytes, at: int) -> tuple[bool, bool, int]:
    """Return how well an end fits: its comment, then its directory; the last one at a draw."""
    *_, size, _, comment_length = _END_RECORD.unpack_from(tail, at)
    end = file.size - len(tail) + at
    is_wide = file.read_at(max(0, end - _LOCATOR_RECORD.size), len(_LOCATOR)) == _LOCATOR
    has_entries = 0 < size <= end and file.read_at(end - size, len(_ENTRY)) == _ENTRY
    fits = at + _END_RECORD.size + comment_length == len(tail)
    return fits, is_wide or has_entries, at


def _find_wide(file: File, end: int) -> tuple[int, int, int, int, int, int] | None:
    """Return place and values of the end with 64 bits, if there is one before the other end."""
    locator = file.read_at(max(0, end - _LOCATOR_RECORD.size), _LOCATOR_RECORD.size)
    if not locator.startswith(_LOCATOR) or len(locator) < _LOCATOR_RECORD.size:
        return None
    declared = _LOCATOR_RECORD.unpack(locator)[2]
    usual = end - _LOCATOR_RECORD.size - _END_64_RECORD.size
    for place in (declared, usual):
        raw = file.read_at(place, _END_64_RECORD.size) if 0 <= place < end else b""
        if raw.startswith(_END_64) and len(raw) == _END_64_RECORD.size:
            _, disk, first_disk, _, entries, size, offset = _END_64_RECORD.unpack(raw)
            return place, disk, first_disk, entries, size, offset
    raise DamageError("damaged: its directory is not where its end says")


def read_directory(file: File, directory: Directory) -> Iterator[Member]:
    """Yield the members, in the order of the directory, without the folders among them."""
    reader = io.BufferedReader(file, 1 << 16)
    reader.seek(directory.offset)
    end = directory.offset + directory.size
    number = 0
    while reader.tell() < end:
        head = reader.read(_ENTRY_RECORD.size)
        if len(head) < _ENTRY_RECORD.size or not head.startswith(_ENTRY):
            break
        member = _read_entry(head, reader, directory.shift)
        if member is None:
            break
        number += 1
        if not member.name.endswith("/"):
            yield member
    if (number - directory.entries) & 0xFFFF:  # old programs count no further
        raise DamageError(
            f"damaged: its directory has {number} entries that can be read, "
            f"and should have {directory.entries}"
        )


def _read_entry(head: bytes, reader: io.BufferedReader[File], shift: int) -> Member | None:
    """Return a member, None where its entry is cut."""
    (
        _,
        system,
        flags,
        method,
        time,
        date,
        checksum,
        packed,
        size,
        *lengths,
        disk,
        attributes,
        offset,
    ) = _ENTRY_RECORD.unpack(head)
    name_length, extra_length, comment_length = lengths
    rest = reader.read(name_length + extra_length + comment_length)
    if len(rest) < name_length + extra_length + comment_length:
        return None
    extra = read_extra(rest[name_length : name_length + extra_length])
    size, packed, offset = widen([size, packed, offset], extra)
    return Member(
        read_name(rest[:name_length], flags, extra),
        size,
        mark(offset + shift, checksum),
        read_modified(date, time, extra),
        "a symbolic link" if system == _UNIX and stat.S_ISLNK(attributes >> 16) else "",
        find_fault(flags, method) if disk in _THIS_DISK else "it is in another part of the archive",
    )

"""Finds and unpacks single members of a zip archive by their own headers."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import Struct, unpack_from

from attrs import evolve, frozen

from copydesk_folder.container import DamageError
from copydesk_folder.file import File
from copydesk_folder.member import CHANGED, Member
from copydesk_folder.zip_format import (
    HAS_DESCRIPTOR,
    STORED,
    find_fault,
    mark,
    read_extra,
    read_modified,
    read_name,
    widen,
)

ANOTHER = f"{CHANGED}, or its directory does not fit its members"
"""What to say of a member that is sound, but not the one that was listed."""
_MARK = b"PK\3\4"
_DESCRIPTOR = b"PK\7\x08"
# mark, flags, method, time, date, checksum, packed size, size, lengths of name and extra fields
_HEADER = Struct("<4s2x4H3I2H")
_BLOCK = 1 << 16


@frozen
class Header:
    """The header of one member."""

    member: Member
    start: int
    """Where its data begins."""
    method: int
    checksum: int | None
    """None where it comes after the data."""
    packed: int | None
    """Bytes of data; None where that comes after them."""


def read_header(file: File, offset: int) -> Header | None:
    """Return the header at an offset, None if there is none."""
    raw = file.read_at(offset, _HEADER.size)
    if not raw.startswith(_MARK) or len(raw) < _HEADER.size:
        return None
    _, flags, method, time, date, checksum, packed, size, *lengths = _HEADER.unpack(raw)
    start = offset + _HEADER.size
    rest = file.read_at(start, sum(lengths))
    extra = read_extra(rest[lengths[0] :])
    size, packed = widen([size, packed], extra)
    member = Member(
        read_name(rest[: lengths[0]], flags, extra),
        size,
        offset,
        read_modified(date, time, extra),
        fault=find_fault(flags, method),
    )
    start += sum(lengths)
    if flags & HAS_DESCRIPTOR:
        return Header(member, start, method, None, None)
    return Header(member, start, method, checksum, packed)


def read_content(file: File, header: Header, size: int, checksum: int) -> bytes:
    """Return what a member holds; raises `DamageError` where it is not what was listed."""
    if header.member.fault:
        raise DamageError(CHANGED)
    if header.method == STORED:
        content, end = file.read_at(header.start, size), header.start + size
    else:
        data = Deflated(file, header.start, size)
        content = b"".join(data)
        end = data.end
    found = zlib.crc32(content)
    if len(content) == size and found == checksum:
        return content
    own = header.checksum if header.checksum is not None else _read_checksum(file, end)
    if found == own:
        raise DamageError(ANOTHER)
    raise DamageError("damaged: its content does not fit its length and checksum")


class Deflated:
    """The unpacked data of a member in pieces; `end` is where the packed data ended."""

    def __init__(self, file: File, start: int, most: int) -> None:
        """Begin at an offset; more than `most` bytes are refused."""
        self._file = file
        self._most = most
        self.end = start

    def __iter__(self) -> Iterator[bytes]:
        """Yield pieces; raises `DamageError`."""
        unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        left = self._most
        while not unpacker.eof:
            data = unpacker.unconsumed_tail or self._fetch()
            try:
                piece = unpacker.decompress(data, min(left + 1, _BLOCK))
            except zlib.error as error:
                raise DamageError(f"damaged: {error}") from error
            left -= len(piece)
            if left < 0:
                raise DamageError(f"it unpacks to more than {self._most} bytes")
            yield piece
        self.end -= len(unpacker.unused_data)

    def _fetch(self) -> bytes:
        data = self._file.read_at(self.end, _BLOCK)
        if not data:
            raise DamageError("damaged: its packed data ends too early")
        self.end += len(data)
        return data


def salvage(file: File, budget: int) -> Iterator[Member]:
    """Yield the members of an archive without a directory, from its start.

    Always ends with a `DamageError` that says so.
    """
    offset = number = 0
    fate = ""
    while (header := read_header(file, offset)) is not None:
        try:
            size, checksum, offset = _measure(file, header, budget)
        except DamageError as error:
            fate = f"; '{header.member.name}' cannot be read ({error})"
            break
        budget -= size
        number += 1
        if not header.member.name.endswith("/"):
            yield evolve(header.member, size=size, position=mark(header.member.position, checksum))
    if not offset and not fate:
        raise DamageError("it is no zip archive")
    raise DamageError(
        f"damaged: the directory at its end is missing, {number} members were found{fate}"
    )


def _measure(file: File, header: Header, budget: int) -> tuple[int, int, int]:
    """Return size and checksum of a member, and the offset after it."""
    if header.packed is not None and header.checksum is not None:
        end = header.start + header.packed
        if end > file.size:
            raise DamageError("it is cut")
        return header.member.size, header.checksum, end
    if header.method == STORED or header.member.fault:
        raise DamageError("where it ends is not told")
    data = Deflated(file, header.start, budget)
    size = sum(map(len, data))
    end = data.end + _descriptor_size(file, data.end, data.end - header.start, size)
    return size, _read_checksum(file, data.end), end


def _read_checksum(file: File, offset: int) -> int:
    """Return the checksum that comes after the data."""
    raw = file.read_at(offset, 8).removeprefix(_DESCRIPTOR)
    if len(raw) < 4:
        raise DamageError("damaged: it is cut")
    checksum: int = unpack_from("<I", raw)[0]
    return checksum


def _descriptor_size(file: File, offset: int, packed: int, size: int) -> int:
    """Return how long the checksum and the sizes after the data are: there are four forms."""
    raw = file.read_at(offset, 24)
    marked = len(_DESCRIPTOR) if raw.startswith(_DESCRIPTOR) else 0
    for form, length in (("<4x2I", 12), ("<4x2Q", 20)):
        if len(raw) >= marked + length and unpack_from(form, raw, marked) == (packed, size):
            return marked + length
    raise DamageError("what comes after it is damaged")

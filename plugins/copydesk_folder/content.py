"""Reads a file whole, unpacking gzip without trusting it."""

from __future__ import annotations

import os
import zlib

from copydesk.api import DocumentError

_GZIP = b"\x1f\x8b"
# Data after the end of a member is copied; small first pieces keep a file of millions cheap.
_FIRST_PIECE = 1 << 14


def read_file(path: str, size: int, max_bytes: int) -> bytes:
    """Return the content of a file that had `size` bytes, unpacked if its name ends in `.gz`.

    Raises `DocumentError` for one of more than `max_bytes` bytes or a damaged one, `OSError` where
    it cannot be read.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        # One byte more than there should be: if it is not there, this was the end of the file.
        raw = os.read(descriptor, size + 1)
        if len(raw) != size:
            raw = _read_on(descriptor, raw, max_bytes)
    finally:
        os.close(descriptor)
    return unpack_by_name(raw, path, max_bytes)


def is_gzip(name: str) -> bool:
    """Return whether a file of this name is a document packed with gzip."""
    return name[-3:].lower() == ".gz"


def unpack_by_name(raw: bytes, name: str, max_bytes: int) -> bytes:
    """Return the bytes of a file, unpacked if its name ends in `.gz`; raises `DocumentError`."""
    return unpack(raw, max_bytes) if is_gzip(name) else raw


def _read_on(descriptor: int, raw: bytes, max_bytes: int) -> bytes:
    """Read to the end of a file that has changed, whatever size it has now."""
    parts = [raw]
    left = max_bytes + 1 - len(raw)
    while left > 0 and (part := os.read(descriptor, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise DocumentError(f"more than max_bytes ({max_bytes}) bytes")
    return b"".join(parts)


def unpack(raw: bytes, max_bytes: int) -> bytes:
    """Return what gzip members hold, one after the other; raises `DocumentError`."""
    if not raw.startswith(_GZIP):
        raise DocumentError("named .gz, but it is not gzip")
    parts: list[bytes] = []
    view = memoryview(raw)
    at = 0
    left = max_bytes
    while view[at : at + len(_GZIP)] == _GZIP:
        at, left = _unpack_one(view, at, left, parts)
        if left < 0:
            raise DocumentError(f"unpacks to more than max_bytes ({max_bytes}) bytes")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _unpack_one(view: memoryview, at: int, left: int, parts: list[bytes]) -> tuple[int, int]:
    """Unpack the gzip member at an offset; return where it ends and how many bytes are left."""
    unpacker = zlib.decompressobj(wbits=31)
    size = _FIRST_PIECE
    while not unpacker.eof and left >= 0:
        piece = view[at : at + size]
        if not piece:
            raise DocumentError("damaged gzip: it ends too early")
        try:
            part = unpacker.decompress(piece, left + 1)
        except zlib.error as error:
            raise DocumentError(f"damaged gzip: {error}") from error
        parts.append(part)
        left -= len(part)
        at += len(piece)
        size *= 4
    return at - len(unpacker.unused_data), left

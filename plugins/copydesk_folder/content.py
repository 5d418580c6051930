"""Reads a file whole, unpacking gzip without trusting it."""

from __future__ import annotations

import os
import zlib

from copydesk.api import DocumentError

_GZIP = b"\x1f\x8b"


def read_file(path: str, max_bytes: int) -> bytes:
    """Return the content of a file of at most `max_bytes`, unpacked if its name ends in `.gz`.

    Raises `DocumentError` for a larger or a damaged one, `OSError` where it cannot be read.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        raw = _read(descriptor, max_bytes)
    finally:
        os.close(descriptor)
    return _unpack(raw, max_bytes) if path.lower().endswith(".gz") else raw


def _read(descriptor: int, max_bytes: int) -> bytes:
    """Read to the end, whatever size the file had when it was listed."""
    expected = os.fstat(descriptor).st_size
    parts = []
    left = max_bytes + 1
    while left > 0 and (part := os.read(descriptor, min(left, max(expected + 1, 4096)))):
        parts.append(part)
        left -= len(part)
        if len(parts) == 1 and len(part) == expected:
            break  # the file is as long as it said: spare the read that finds its end
    if left <= 0:
        raise DocumentError(f"more than max_bytes ({max_bytes}) bytes")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _unpack(raw: bytes, max_bytes: int) -> bytes:
    """Return what gzip members hold, one after the other."""
    if not raw.startswith(_GZIP):
        raise DocumentError("named .gz, but it is not gzip")
    parts = []
    left = max_bytes
    while raw.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(raw, left + 1)
        except zlib.error as error:
            raise DocumentError(f"damaged gzip: {error}") from error
        left -= len(part)
        if left < 0:
            raise DocumentError(f"unpacks to more than max_bytes ({max_bytes}) bytes")
        if not unpacker.eof:
            raise DocumentError("damaged gzip: it ends too early")
        parts.append(part)
        raw = unpacker.unused_data
    return b"".join(parts)

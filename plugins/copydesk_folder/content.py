"""Reads a file whole, unpacking gzip without trusting it."""

from __future__ import annotations

import os
import re
import zlib

from copydesk.api import DocumentError
from copydesk_folder.inflating import GZIP, Inflating

_GZIP = b"\x1f\x8b"
_PADDING = re.compile(rb"\0*")  # what fills the blocks of a tape


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
    inflating = Inflating(raw, max_bytes)
    while inflating.at < len(raw):
        if not raw.startswith(_GZIP, inflating.at):
            raise DocumentError("damaged gzip: its packed data is followed by something else")
        try:
            inflating.go_on(GZIP)
        except (zlib.error, EOFError) as error:
            raise DocumentError(f"damaged gzip: {error}") from error
        if inflating.is_too_much:
            raise DocumentError(f"unpacks to more than max_bytes ({max_bytes}) bytes")
        inflating.pass_over(_PADDING)
    return inflating.content

"""Frames on a stream between two processes, and the plain values that the parent reads."""

from __future__ import annotations

import marshal
import socket
from collections.abc import Iterator
from struct import Struct
from typing import Any
from zlib import crc32

_HEAD = Struct("<4sQI")  # mark, length and checksum of the body
_MARK = b"desk"
_LARGE = 1 << 20
RECEIVE = 1 << 18
"""Bytes to ask a socket for: as much as its buffer may hold."""


class DamagedFrameError(Exception):
    """What came is no frame: the sender, or a plugin in it, wrote what it should not."""


def frame(body: bytes) -> bytes:
    """Return a body with what is needed to find its end and any damage."""
    return _HEAD.pack(_MARK, len(body), crc32(body)) + body


def pack(value: Any) -> bytes:
    """Return a frame for the parent; raises `ValueError` for a value that is not plain.

    Plain are None, bool, int, float, str, bytes and tuples and lists of them, and no subclass:
    whatever a worker sends, reading it can run no code of a plugin.
    """
    return frame(marshal.dumps(value))


def send(connection: socket.socket, value: Any) -> None:
    """Send a value to the parent; raises `ValueError`, and sends nothing, if it is not plain."""
    body = marshal.dumps(value)
    head = _HEAD.pack(_MARK, len(body), crc32(body))
    if len(body) > _LARGE:  # not copied to stand behind its head
        connection.sendall(head)
        connection.sendall(body)
    else:
        connection.sendall(head + body)


def unpack(body: bytes) -> Any:
    """Return the plain value in a body."""
    return marshal.loads(body)  # noqa: S302 - the checksum says that a child of ours has made it


class Inbox:
    """Takes bytes as they come and gives back the bodies of whole frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def take(self, received: bytes) -> Iterator[bytes]:
        """Yield the bodies that are complete; raises `DamagedFrameError`."""
        waiting = self._bytes
        waiting += received
        while len(waiting) >= _HEAD.size:
            mark, length, checksum = _HEAD.unpack_from(waiting)
            if mark != _MARK:
                raise DamagedFrameError("bytes that begin no frame")
            end = _HEAD.size + length
            if len(waiting) < end:
                return
            body = bytes(memoryview(waiting)[_HEAD.size : end])
            del waiting[:end]
            if crc32(body) != checksum:
                raise DamagedFrameError("a frame whose checksum is wrong")
            yield body


def flatten(value: Any) -> Any:
    """Return a value as plain ones, with subclasses of them (numpy's, lxml's) made plain.

    Raises `TypeError` for what is not even a subclass.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return bytes(memoryview(value))
    if isinstance(value, int):
        return int.__index__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, (tuple, list)):
        return tuple(flatten(part) for part in value)
    raise TypeError(f"a {type(value).__name__} cannot be sent between processes")

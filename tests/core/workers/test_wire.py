"""Tests of frames and plain values."""

from __future__ import annotations

import socket
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.workers.wire import DamagedFrameError, Inbox, flatten, frame, pack, send, unpack

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    | st.text(st.characters(categories=["Cs"])) | st.binary(),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
)  # fmt: skip


class Name(str):
    """A subclass, as libraries return them."""

    __slots__ = ()

    def __str__(self) -> str:
        return "not what it holds"


@given(plain)
def test_plain_values_come_back(value: object) -> None:
    """A plain value comes back as it was, surrogates too."""
    (body,) = Inbox().take(pack(value))

    assert value == unpack(body)
    assert value == flatten(value)


@given(st.lists(st.binary(max_size=50)), st.integers(1, 40))
def test_frames_in_pieces(bodies: list[bytes], length: int) -> None:
    """Frames come out whole and in order however the stream is cut."""
    stream = b"".join(map(frame, bodies))
    inbox = Inbox()
    found: list[bytes] = []
    for start in range(0, len(stream), length):
        found += inbox.take(stream[start : start + length])

    assert bodies == found


@given(st.binary(min_size=1, max_size=50), st.data())
def test_damage_is_seen(body: bytes, data: st.DataObject) -> None:
    """A frame with one byte changed gives no body, or waits for the rest of a longer one."""
    stream = bytearray(frame(body))
    place = data.draw(st.integers(0, len(stream) - 1))
    stream[place] ^= data.draw(st.integers(1, 255))
    found: list[bytes] = []
    try:
        found += Inbox().take(bytes(stream))
    except DamagedFrameError:
        return

    assert [] == found


@pytest.mark.parametrize("value", [Name("x"), Path("x"), object(), (1, [Name("x")])])
def test_other_values_are_refused(value: object) -> None:
    """What is not plain cannot be packed, subclasses of plain types included."""
    with pytest.raises(ValueError, match="unmarshallable"):
        pack(value)


def test_flattening() -> None:
    """Subclasses of plain types become what they hold, however they show themselves."""
    flat = flatten((Name("x"), [True, None, 1, 2.0, b"b", bytearray(b"c")[:0].decode()]))

    assert ("x", (True, None, 1, 2.0, b"b", "")) == flat
    assert str is type(flat[0])


def test_flattening_what_cannot_be() -> None:
    """A value of another type is named."""
    with pytest.raises(TypeError, match="a PosixPath cannot be sent"):
        flatten((1, Path("x")))


@pytest.mark.parametrize("size", [0, 10, 5_000_000])
def test_sent_values_come_back(size: int) -> None:
    """A value of any size that is sent comes out of the other end whole."""
    near, far = socket.socketpair()
    with near, far:
        sender = Thread(target=send, args=(near, ("a", b"x" * size)))
        sender.start()
        inbox = Inbox()
        found: list[object] = []
        while not found:
            found = [unpack(body) for body in inbox.take(far.recv(1 << 16))]
        sender.join()

    assert [("a", b"x" * size)] == found

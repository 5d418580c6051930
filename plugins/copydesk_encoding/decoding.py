"""Turns bytes into text in a known encoding, the same way every time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from attrs import frozen

from copydesk_encoding.labels import find_codec
from copydesk_encoding.signature import find_high

MARK = "\ufeff"
"""The byte order mark, which is never part of the text."""
_UTF8_MARK = codecs.BOM_UTF8
_BLOCK = 1 << 20
_LARGE = 1 << 24


@frozen
class Decoded:
    """Text, and what it cost to read it."""

    text: str
    """The text without a byte order mark."""
    replaced: int
    """Bytes or broken sequences that are not valid in the encoding, one character each."""


def decode(raw: bytes, label: str) -> Decoded:
    """Read `raw` in the encoding that `label` names; the same arguments give the same text.

    This is all it takes to read a source again: `decode(raw, document.encoding.name)`.

    What the encoding cannot read becomes one character each and is counted. In UTF-8 a stray byte
    is read as windows-1252, where such bytes come from, and a character that breaks off becomes
    U+FFFD. In the windows pages a byte from 80 to 9F that Python leaves undefined becomes the
    control character of that number, as in browsers. Anything else becomes U+FFFD.
    Raises LookupError for an unknown label.
    """
    codec = find_codec(label)
    # A view, where there is a mark to leave out: large files are not copied.
    body = memoryview(raw)[len(_UTF8_MARK) :] if raw.startswith(_UTF8_MARK) else raw
    text = read_strictly(body, codec)
    if text is not None:
        return Decoded(text.lstrip(MARK), 0)
    text = "".join(_read_blocks(body, codec, _choose_handler(label)))
    # Every handler writes one character for each fault, so the difference counts them.
    readable = sum(map(len, _read_blocks(body, codec, "ignore")))
    return Decoded(text.lstrip(MARK), len(text) - readable)


def read_strictly(raw: bytes | memoryview, codec: str) -> str | None:
    """Return the text, or None at the first fault."""
    try:
        return str(raw, codec)
    except UnicodeDecodeError:  # it holds a copy of all bytes, so nothing more is done here
        return None


def read_utf8(raw: bytes) -> str | None:
    """Return the text, or None when `raw` is not valid UTF-8.

    A large file is tried where its first byte beyond ASCII is: most that fail do so there, before
    an error and half a text have cost two copies.
    """
    if len(raw) > _LARGE:
        start = find_high(raw)
        try:
            codecs.getincrementaldecoder("utf-8")().decode(raw[start : start + _BLOCK])
        except UnicodeDecodeError:
            return None
    return read_strictly(raw, "utf-8")


def _read_blocks(raw: bytes | memoryview, codec: str, handler: str) -> Iterator[str]:
    """Yield the text block by block: at its first fault, Python asks for far more than it needs."""
    if len(raw) <= _BLOCK or codec.startswith("iso2022"):  # Python's can lose its way in blocks
        yield str(raw, codec, handler)
        return
    decoder = codecs.getincrementaldecoder(codec)(handler)
    for start in range(0, len(raw), _BLOCK):
        yield decoder.decode(raw[start : start + _BLOCK])
    yield decoder.decode(b"", final=True)


def count_faults(raw: bytes, label: str) -> int:
    """Return how many bytes or sequences of `raw` the encoding cannot read, at C speed."""
    codec = find_codec(label)
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return len(raw.decode(codec, "replace")) - len(raw.decode(codec, "ignore"))
    return 0


def is_readable(raw: bytes, label: str) -> bool:
    """Return whether the encoding reads `raw` without a fault, but for a cut last character."""
    try:
        raw.decode(find_codec(label))
    except UnicodeDecodeError as error:
        return error.end == len(raw) and error.start >= len(raw) - 1
    return True


def _choose_handler(label: str) -> str:
    if label == "utf-8":
        return "copydesk.mend"
    return "copydesk.control" if label.startswith("windows-") else "replace"


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Read a stray byte of UTF-8 as windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    alone = error.end - error.start == 1 and error.reason != "unexpected end of data"
    stray = error.object[error.start : error.end].decode("cp1252", "replace") if alone else "\ufffd"
    return stray, error.end


def _control(error: UnicodeError) -> tuple[str, int]:
    """Read a hole of a windows page between 80 and 9F as the control character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start]
    return chr(byte) if byte < 0xA0 else "\ufffd", error.start + 1


codecs.register_error("copydesk.mend", _mend)
codecs.register_error("copydesk.control", _control)

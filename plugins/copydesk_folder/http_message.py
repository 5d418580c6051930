"""Takes apart what a web server answered: head, media type, and the packings of the body."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from attrs import frozen

from copydesk_folder.container import DamageError

_STATUS = re.compile(rb"HTTP/\d+(?:\.\d+)?\s+(\d{3})\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';]+)", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]{0,4096})?\r?\n")
_GZIP, _ZLIB, _BARE = 31, 15, -15
_WBITS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}

Headers = Mapping[str, str]
"""Values by name in lower case."""


@frozen
class Answer:
    """The head of an answer."""

    status: int
    headers: Headers


def read_answer(lines: list[bytes]) -> Answer | None:
    """Return status and headers; None for what is no answer of a web server."""
    match = _STATUS.match(lines[0]) if lines else None
    return Answer(int(match[1]), read_headers(lines[1:])) if match else None


def read_headers(lines: list[bytes]) -> Headers:
    """Return the values of lines `name: value`; the first wins."""
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        text = line.decode("utf-8", "replace")
        if text[:1] in {" ", "\t"} and name in found:
            found[name] += f" {text.strip()}"
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        found.setdefault(name, value.strip())
    return found


def read_content_type(value: str) -> tuple[str, str | None]:
    """Return media type and charset of a `Content-Type`; either may be missing."""
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip().lower(), charset[1] if charset else None


def unpack_body(body: bytes, headers: Headers, max_bytes: int) -> bytes:
    """Return the body as the server meant it, without transfer and content encodings.

    Crawlers often undo these and leave the headers, so a body that does not look encoded is taken
    as it is. Raises `DamageError` where it is damaged, too large or encoded in an unknown way.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    encodings = headers.get("content-encoding", "").lower().split(",")
    for encoding in reversed([one.strip() for one in encodings]):
        if encoding in _WBITS:
            body = _inflate(body, encoding, max_bytes)
        elif encoding not in {"", "identity", "none"}:
            raise DamageError(f"its content encoding '{encoding}' cannot be undone")
    return body


def _join_chunks(body: bytes) -> bytes:
    match = _CHUNK.match(body)
    if match is None:
        return body
    parts: list[bytes] = []
    while match is not None:
        size, start = int(match[1], 16), match.end()
        if not size:
            return b"".join(parts)
        parts.append(body[start : start + size])
        if len(parts[-1]) < size:
            break
        at = start + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
        match = _CHUNK.match(body, at)
    raise DamageError("damaged: its last chunk is missing")


def _inflate(body: bytes, encoding: str, max_bytes: int) -> bytes:
    wbits = _WBITS[encoding]
    if wbits == _GZIP and not body.startswith(b"\x1f\x8b"):
        return body
    if wbits == _ZLIB and not _has_zlib_head(body):
        wbits = _BARE  # what some servers mean by it
    unpacker = zlib.decompressobj(wbits)
    try:
        content = unpacker.decompress(body, max_bytes + 1)
    except zlib.error as error:
        if wbits == _BARE:
            return body
        raise DamageError(f"damaged: its content encoding {encoding}: {error}") from error
    if len(content) > max_bytes:
        raise DamageError(f"unpacks to more than max_bytes ({max_bytes}) bytes")
    if not unpacker.eof:
        raise DamageError(f"damaged: its content encoding {encoding} ends too early")
    return content


def _has_zlib_head(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0

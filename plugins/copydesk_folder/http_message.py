"""Takes apart what a web server answered: head, media type, and the packings of the body."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from attrs import frozen

from copydesk_folder.container import DamageError
from copydesk_folder.inflating import BARE, GZIP, ZLIB, Inflating

_STATUS = re.compile(rb"HTTP/\d+(?:\.\d+)?\s+(\d{3})\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';]+)", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]{0,4096})?\r?\n")
_HEADS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": ZLIB}

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
        if encoding in _HEADS:
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
    """Return what all packed parts hold; what comes after them is no part of the page."""
    head = _find_head(body, 0, _HEADS[encoding])
    if head is None and encoding != "deflate":
        return body
    inflating = Inflating(body, max_bytes)
    try:
        inflating.go_on(head or BARE)  # what some servers mean by deflate
        while head and not inflating.is_too_much and _find_head(body, inflating.at, head):
            inflating.go_on(head)
    except (zlib.error, EOFError) as error:
        if head is None and isinstance(error, zlib.error):
            return body
        raise DamageError(f"damaged: its content encoding {encoding}: {error}") from error
    if inflating.is_too_much:
        raise DamageError(f"unpacks to more than max_bytes ({max_bytes}) bytes")
    return inflating.content


def _find_head(body: bytes, at: int, head: int) -> int | None:
    """Return the head that is looked for if a packed part begins with it at an offset."""
    if head == GZIP:
        return head if body.startswith(b"\x1f\x8b", at) else None
    first = body[at : at + 2]
    return (
        head if len(first) > 1 and first[0] & 15 == 8 and not int.from_bytes(first) % 31 else None
    )

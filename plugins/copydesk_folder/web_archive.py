"""Lists and reads WARC files: the pages that a crawler has kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from copydesk.api import Item, Listed, Metadata, Skipped, Unreadable
from copydesk_folder.container import DamageError, Place
from copydesk_folder.http_message import Answer, read_answer, read_content_type, unpack_body
from copydesk_folder.member import CHANGED
from copydesk_folder.names import to_uri
from copydesk_folder.stream import Stream
from copydesk_folder.web_record import LONGEST_HEAD, Record, next_record, read_head

_DOCUMENTS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_BARE = frozenset({"resource", "conversion"})  # documents without a server's answer around them
_ABOUT = frozenset({"warcinfo", "request", "metadata"})  # records that describe others


class WebArchive:
    """An open WARC file; records that are packed one by one are read in place."""

    def __init__(self, place: Place) -> None:
        """Open it; raises `OSError`."""
        self._place = place
        self._stream = Stream(place)

    def members(self) -> Iterator[Listed]:
        """Yield the pages, and why other records are none; what describes others is no row."""
        while (record := next_record(self._stream)) is not None:
            answer, used = self._open(record)
            left = record.size - used
            if self._stream.skip(left) < left:
                raise DamageError(f"damaged: it ends inside the record {record.name}")
            if record.kind not in _ABOUT:
                yield self._list(record, answer, left)

    def read(self, item: Item) -> bytes:
        """Return the page, without what the server packed it in."""
        self._stream.go(item.position or 0)
        record = next_record(self._stream)
        if record is None or to_uri(record.name) != item.member:
            raise DamageError(CHANGED)
        answer, used = self._open(record)
        if answer is None or record.size - used != item.size:
            raise DamageError(CHANGED)
        body = self._stream.read(item.size)
        if len(body) < item.size:
            raise DamageError("damaged: the file ends inside the record")
        return unpack_body(body, answer.headers, self._place.options.max_bytes)

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _open(self, record: Record) -> tuple[Answer | None, int]:
        """Read the head of the server's answer; return it and its length."""
        if record.kind in _BARE:
            return Answer(200, {"content-type": record.headers.get("content-type", "")}), 0
        if record.kind != "response":
            return None, 0
        lines, used = read_head(self._stream, min(record.size, LONGEST_HEAD))
        return read_answer(lines), used

    def _list(self, record: Record, answer: Answer | None, size: int) -> Listed:
        name = to_uri(record.name)
        key = f"{self._place.uri}#{name}"
        if answer is None:
            return _explain(record, key)
        declared = answer.headers.get("content-type") or record.headers.get(_IDENTIFIED, "")
        media_type, charset = read_content_type(declared)
        if answer.status != 200:
            return Skipped(key, f"the server answered with status {answer.status}")
        if media_type not in _DOCUMENTS:
            return Skipped(key, f"its media type is {media_type or 'not told'}")
        reason = _find_fault(record, size, self._place.options.max_bytes)
        if reason:
            return Unreadable(key, reason)
        return Item(
            self._place.uri,
            name,
            media_type,
            charset,
            size,
            _read_date(record) or self._place.modified,
            position=record.position,
            metadata=Metadata(url=record.headers.get("warc-target-uri", "").strip("<> ") or None),
        )


_IDENTIFIED = "warc-identified-payload-type"


def _explain(record: Record, key: str) -> Listed:
    """Return why a record has no document in it."""
    if record.kind == "revisit":
        return Skipped(key, "a revisit: the page was what an earlier record has")
    if record.kind != "response":
        return Skipped(key, f"a record of type '{record.kind}', which holds no page of its own")
    media_type, _ = read_content_type(record.headers.get("content-type", ""))
    if media_type != "application/http":
        return Skipped(key, f"an answer to something else than HTTP ({media_type})")
    return Unreadable(key, "damaged: it has no HTTP head")


def _find_fault(record: Record, size: int, max_bytes: int) -> str:
    """Return why a page cannot be read whole; else nothing."""
    if "warc-segment-number" in record.headers:
        return "one of several segments of a page, which are not put together"
    if "warc-truncated" in record.headers:
        return f"the crawler kept only a part of it ({record.headers['warc-truncated']})"
    return f"{size} bytes, more than max_bytes ({max_bytes})" if size > max_bytes else ""


def _read_date(record: Record) -> float | None:
    try:
        date = datetime.fromisoformat(record.headers.get("warc-date", ""))
    except ValueError:
        return None
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()


open_container = WebArchive

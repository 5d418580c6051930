"""WARC files among the files of a folder."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.plugins.folder.shelf import contents, faults, items, skipped, unreadable

from copydesk.api import DocumentError
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options

PAGE = b"<html><p>" + "Ein Satz über nichts. ".encode("latin-1") * 40
HTML = b'Content-Type: Text/HTML; charset="ISO-8859-1"\r\n'
_KIND = b"Content-Type: application/http; msgtype=response"


def record(content: bytes, number: int, kind: bytes = b"response", *more: bytes) -> bytes:
    """Return one record, not packed."""
    head = [
        b"WARC/1.0", b"WARC-Type: " + kind, b"WARC-Record-ID: <urn:uuid:%d>" % number,
        b"WARC-Target-URI: http://news.example/%d" % number, b"WARC-Date: 2024-05-17T12:30:00Z",
        b"Content-Length: %d" % len(content), *(more or (_KIND,)), b"", b"",
    ]  # fmt: skip
    return b"\r\n".join(head) + content + b"\r\n\r\n"


def answer(body: bytes, headers: bytes = HTML, status: bytes = b"200 OK") -> bytes:
    """Return what a server answered."""
    return b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n" + body


CHUNKS = b"5;x=y\r\n%b\r\n%x\r\n%b\r\n0\r\nTrailer: x\r\n\r\n" % (
    PAGE[:5], len(PAGE) - 5, PAGE[5:]
)  # fmt: skip
ABOUT = record(b"software: x", 1, b"warcinfo", b"Content-Type: application/warc-fields")
REQUEST = record(b"GET / HTTP/1.1\r\n\r\n", 2, b"request")
TEXTS = [PAGE + random.Random(n).randbytes(500).hex().encode() for n in range(3, 7)]  # hardly pack
PAGES = [ABOUT, REQUEST, *(record(answer(text), n) for n, text in enumerate(TEXTS, 3))]


def one_by_one(records: list[bytes]) -> bytes:
    """Return records packed one by one, as crawlers do it."""
    return b"".join(map(gzip.compress, records))


def together(records: list[bytes]) -> bytes:
    """Return records packed as one."""
    return gzip.compress(b"".join(records))


def by_two(records: list[bytes]) -> bytes:
    """Return records packed two by two."""
    return one_by_one([a + b for a, b in zip(records[::2], records[1::2], strict=True)])


@pytest.mark.parametrize("pack", [b"".join, one_by_one, together, by_two])
@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_pages_are_items(tmp_path: Path, pack: Callable[[list[bytes]], bytes], ending: str) -> None:
    """Each page is an item, however the records are packed, and can be read in any order."""
    name = f"x.{ending}"
    (tmp_path / name).write_bytes(pack(PAGES))

    found = items(tmp_path)

    assert [f"{name}#urn:uuid:{number}" for number in range(3, 7)] == list(found)
    assert TEXTS == list(contents(tmp_path).values())
    assert contents(tmp_path) == contents(tmp_path, backwards=True)
    assert {} == faults(tmp_path)


def test_what_the_server_and_the_crawler_said(tmp_path: Path) -> None:
    """Media type, charset, address, date and size come with the item."""
    (tmp_path / "x.warc").write_bytes(PAGES[2])

    (item,) = items(tmp_path).values()

    assert ("text/html", "ISO-8859-1", "http://news.example/3", 1715949000, len(TEXTS[0])) == (
        item.media_type, item.charset, item.metadata.url, item.modified, item.size,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
        (b"content-encoding: GZIP\r\n", gzip.compress(PAGE)),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE) + b"\r\n"),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE[:9]) + zlib.compress(PAGE[9:])),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)[2:-4]),
        (b"Transfer-Encoding: chunked\r\n", CHUNKS),
        (b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", PAGE),
        (b"Content-Encoding: deflate\r\n", PAGE),
        (b"Content-Encoding: identity\r\n", PAGE),
    ],
)  # fmt: skip
def test_encodings_of_the_body(tmp_path: Path, headers: bytes, body: bytes) -> None:
    """What the server packed is unpacked, also where only the header was left of it."""
    (tmp_path / "x.warc").write_bytes(record(answer(body, HTML + headers), 3))

    assert [PAGE] == list(contents(tmp_path).values())


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        (b"Content-Encoding: br\r\n", b"?", "content encoding 'br' cannot be undone"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE)[:-9], "ends too early"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE) * 2 + b"\x1f\x8b", "too early"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(bytes(3000)) * 2, "more than max_bytes"),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)[2:-9], "ends too early"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE)[:10] + b"\xff" * 20, "damaged"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(bytes(10_000)), "more than max_bytes (5000)"),
        (b"Transfer-Encoding: chunked\r\n", b"500\r\nshort", "last chunk is missing"),
    ],
)
def test_bodies_that_cannot_be_read(
    tmp_path: Path, headers: bytes, body: bytes, words: str
) -> None:
    """A body that cannot be unpacked is an error that says so; its neighbours are read."""
    bad = record(answer(body, HTML + headers), 2)
    (tmp_path / "x.warc").write_bytes(bad + PAGES[3])

    found = faults(tmp_path, max_bytes=5000)

    assert ["x.warc#urn:uuid:2"] == list(found)
    assert words in found["x.warc#urn:uuid:2"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (record(answer(b"", status=b"404 Not Found"), 9), "status 404"),
        (record(answer(b"", status=b"301 Moved"), 9), "status 301"),
        (record(answer(b"", b"Content-Type: image/png\r\n"), 9), "media type is image/png"),
        (record(answer(b"", b""), 9), "media type is not told"),
        (record(b"", 9, b"revisit"), "a revisit"),
        (record(b"", 9, b"continuation"), "a record of type 'continuation'"),
        (record(b"x", 9, b"response", b"Content-Type: text/dns"), "something else than HTTP"),
    ],
)
def test_answers_that_are_no_page(tmp_path: Path, raw: bytes, words: str) -> None:
    """An answer without a page is left out with the reason."""
    (tmp_path / "x.warc").write_bytes(raw + PAGES[3])

    found = skipped(tmp_path)

    assert ["x.warc#urn:uuid:9"] == list(found)
    assert words in found["x.warc#urn:uuid:9"]
    assert ["x.warc#urn:uuid:4"] == list(items(tmp_path))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (record(b"no head at all", 9), "no HTTP head"),
        (record(b"", 9), "no HTTP head"),
        (record(answer(b"x"), 9, b"response", _KIND, b"WARC-Truncated: length"), "only a part"),
        (record(answer(b"x"), 9, b"response", _KIND, b"WARC-Segment-Number: 1"), "segments"),
        (record(answer(b"x" * 5001), 9), "5001 bytes, more than max_bytes (5000)"),
        (record(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 99_999 + b"\r\n", 9), "no HTTP head"),
    ],
)
def test_pages_that_cannot_be_read(tmp_path: Path, raw: bytes, words: str) -> None:
    """A page that is not whole waits in quarantine; its neighbours are items."""
    (tmp_path / "x.warc").write_bytes(raw + PAGES[3])

    found = unreadable(tmp_path, max_bytes=5000)

    assert ["x.warc#urn:uuid:9"] == list(found)
    assert words in found["x.warc#urn:uuid:9"]
    assert ["x.warc#urn:uuid:4"] == list(items(tmp_path, max_bytes=5000))


def test_documents_without_an_answer_around_them(tmp_path: Path) -> None:
    """Records that hold the document itself, as extracted text does, are items."""
    raw = record(PAGE, 3, b"conversion", b"Content-Type: text/plain")
    (tmp_path / "x.warc").write_bytes(raw)

    (item,) = items(tmp_path).values()

    assert ("text/plain", None) == (item.media_type, item.charset)
    assert [PAGE] == list(contents(tmp_path).values())


def test_type_found_by_the_crawler(tmp_path: Path) -> None:
    """Where the server does not tell the media type, the crawler's finding counts."""
    more = (_KIND, b"WARC-Identified-Payload-Type: text/html")
    (tmp_path / "x.warc").write_bytes(record(answer(PAGE, b""), 3, b"response", *more))

    assert "text/html" == items(tmp_path)["x.warc#urn:uuid:3"].media_type


@pytest.mark.parametrize("pack", [b"".join, one_by_one, together])
def test_cut_short(tmp_path: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    """Of a file that is cut the pages before are items, and one row tells of the damage."""
    (tmp_path / "x.warc").write_bytes(pack(PAGES)[:-60])

    found = faults(tmp_path)

    assert ["x.warc"] == list(found)
    assert "damaged" in found["x.warc"]
    assert [f"x.warc#urn:uuid:{number}" for number in range(3, 6)] == list(items(tmp_path))


def test_damaged_record(tmp_path: Path) -> None:
    """Where no record begins, the file ends with one row that tells where."""
    (tmp_path / "x.warc").write_bytes(PAGES[2] + b"rubbish" + PAGES[3])

    found = faults(tmp_path)

    assert {"x.warc": f"damaged: no record begins at offset {len(PAGES[2])}"} == found
    assert ["x.warc#urn:uuid:3"] == list(items(tmp_path))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"<html>", "it is no WARC file"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "has no length"),
        (b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "has no length"),
        (b"WARC/1.0\r\n" + b"A: b\r\n" * 99_999, "has no length"),
    ],
)
def test_no_records(tmp_path: Path, raw: bytes, words: str) -> None:
    """A file that is no WARC file, or whose first head is damaged, is one row."""
    (tmp_path / "x.warc").write_bytes(raw)

    found = unreadable(tmp_path)

    assert ["x.warc"] == list(found)
    assert words in found["x.warc"]


def test_bomb(tmp_path: Path) -> None:
    """A file that unpacks to more than max_ratio times its size is read so far only."""
    bomb = record(answer(bytes(20 << 20)), 9)
    (tmp_path / "x.warc.gz").write_bytes(one_by_one([PAGES[2], bomb, PAGES[3]]))

    assert "bomb" in unreadable(tmp_path)["x.warc.gz"]
    assert ["x.warc.gz#urn:uuid:3"] == list(items(tmp_path))


def test_second_record_of_a_name(tmp_path: Path) -> None:
    """Of two records with one identifier the first is an item, the second a row of its own."""
    (tmp_path / "x.warc").write_bytes(PAGES[2] * 2)

    assert ["x.warc#urn:uuid:3"] == list(items(tmp_path))
    assert ["x.warc#urn:uuid:3 (2)"] == list(unreadable(tmp_path))


def test_record_without_a_name(tmp_path: Path) -> None:
    """A record without an identifier is known by its place."""
    (tmp_path / "x.warc").write_bytes(PAGES[2].replace(b"WARC-Record-ID", b"X"))

    assert {"x.warc#record at 0": TEXTS[0]} == contents(tmp_path)


@pytest.mark.parametrize("pack", [b"".join, one_by_one, together])
def test_file_that_changes_between(tmp_path: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    """A page of a file that has been replaced since the listing is not mistaken."""
    (tmp_path / "x.warc").write_bytes(pack(PAGES[2:4]))
    item = items(tmp_path)["x.warc#urn:uuid:4"]
    (tmp_path / "x.warc").write_bytes(pack(PAGES[3:6]))

    with pytest.raises(DocumentError):
        Folder(Options(tmp_path)).read(item)

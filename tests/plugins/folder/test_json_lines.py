"""Files with one JSON object a line, among the files of a folder."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from tests.plugins.folder.shelf import contents, faults, items, listing, skipped, unreadable

from copydesk.api import DocumentError, Item
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options


def lines(*rows: object) -> bytes:
    """Return objects, one a line."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


ROWS = lines({"id": "a", "text": "première"}, {"text": "second"}, {"id": 7, "html": "<p>third"})


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("jsonl", bytes),
        ("ndjson", bytes),
        ("jsonl.gz", gzip.compress),
        ("JSONL.BZ2", bz2.compress),
        ("ndjson.xz", lzma.compress),
        ("jsonl", gzip.compress),
    ],
)
def test_lines_are_items(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    """Each line is an item, by its `id` or its number, and can be read in any order."""
    name = f"x.{ending}"
    (tmp_path / name).write_bytes(pack(ROWS))

    found = items(tmp_path)

    assert [f"{name}#a", f"{name}#line 2", f"{name}#7"] == list(found)
    assert ["text/plain", "text/plain", "text/html"] == [one.media_type for one in found.values()]
    assert {"utf-8"} == {one.charset for one in found.values()}
    assert ["première".encode(), b"second", b"<p>third"] == list(contents(tmp_path).values())
    assert contents(tmp_path) == contents(tmp_path, backwards=True)


def test_hash_and_size_are_those_of_the_text(tmp_path: Path) -> None:
    """Size and hash are of what is read, not of the line."""
    (tmp_path / "x.jsonl").write_bytes(ROWS)

    item = items(tmp_path)["x.jsonl#a"]

    assert (9, sha256("première".encode()).hexdigest()) == (item.size, item.sha256)


def test_metadata(tmp_path: Path) -> None:
    """What a line says about its text comes with the item."""
    row = {"text": "x", "title": " T ", "url": "http://a.example/", "authors": ["A", {"name": "B"}]}
    (tmp_path / "x.jsonl").write_bytes(lines(row))

    (item,) = items(tmp_path).values()

    assert ("T", "http://a.example/", ("A", "B")) == (
        item.metadata.title, item.metadata.url, item.metadata.authors,
    )  # fmt: skip


def test_fields_of_other_names(tmp_path: Path) -> None:
    """Options say where text and metadata are, also inside other objects."""
    row = {"body": "x", "text": "summary", "meta": {"url": "http://a.example/", "d": "2024-05-17"}}
    (tmp_path / "x.jsonl").write_bytes(lines(row))
    fields = {"text": "body", "url": "meta.url", "published": "meta.d"}

    (item,) = items(tmp_path, json_fields=fields).values()

    assert {"x.jsonl#line 1": b"x"} == contents(tmp_path, json_fields=fields)
    assert ("http://a.example/", "2024-05-17") == (item.metadata.url, item.metadata.published)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            b"{not json}",
            "not JSON: Expecting property name enclosed in double quotes at character 2",
        ),
        (b"[1, 2]", "it is a list, not an object"),
        (b"null", "it is null, not an object"),
        (b'{"title": "x"}', "it has no field 'text' or 'html'"),
        (b'{"text": null}', "it has no field 'text' or 'html'"),
        (b'{"text": 12}', "its field 'text' is a number, not text"),
        (b'{"text": "\xff"}', "not UTF-8: "),
        (b"[" * 100_000, "not readable: a number too long, or nested too deeply"),
        (b'{"n": ' + b"1" * 5000 + b"}", "not readable: a number too long"),
        (b'{"text": "cut', "not JSON: "),
    ],
)
def test_bad_line_costs_itself(tmp_path: Path, line: bytes, reason: str) -> None:
    """A line that holds no document is one row with its number; its neighbours are items."""
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "a"}\n' + line + b'\n{"text": "b"}\n')

    refused = unreadable(tmp_path)

    assert ["x.jsonl#line 2"] == list(refused)
    assert refused["x.jsonl#line 2"].startswith(reason)
    assert {"x.jsonl#line 1": b"a", "x.jsonl#line 3": b"b"} == contents(tmp_path)


def test_bad_line_keeps_its_name(tmp_path: Path) -> None:
    """A bad line that has an `id` is known by it, so that it leaves quarantine when mended."""
    (tmp_path / "x.jsonl").write_bytes(b'{"id": "a", "text": 1}\n')

    assert ["x.jsonl#a"] == list(unreadable(tmp_path))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_line_over_the_cap(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """A line longer than max_bytes is one row, and the next line is found."""
    rows = lines({"text": "a"}, {"text": "x" * 3_000_000}, {"text": "b"})
    (tmp_path / "x.jsonl").write_bytes(pack(rows))

    assert {"x.jsonl#line 2": "a line of 3000013 bytes, more than max_bytes (1000)"} == faults(
        tmp_path, max_bytes=1000
    )
    assert [b"a", b"b"] == list(contents(tmp_path, max_bytes=1000).values())


def test_what_programs_write_against_the_rules(tmp_path: Path) -> None:
    """A byte order mark, NaN, raw tabs, blank lines and a missing last line end are read over."""
    raw = b'\xef\xbb\xbf{"text": "a", "score": NaN}\r\n\r\n  \n{"text": "b\tc"}'
    (tmp_path / "x.jsonl").write_bytes(raw)

    assert {"x.jsonl#line 1": b"a", "x.jsonl#line 4": b"b\tc"} == contents(tmp_path)


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    """Half a surrogate pair becomes U+FFFD, in text, metadata and name."""
    (tmp_path / "x.jsonl").write_bytes(
        b'{"text": "a\\ud83d", "title": "b\\ud83d", "id": "\\ud83d"}'
    )

    (item,) = items(tmp_path).values()

    assert ("b\ufffd", "\ufffd") == (item.metadata.title, item.member)
    assert {"x.jsonl#\ufffd": "a\ufffd".encode()} == contents(tmp_path)


def test_name_that_cannot_be_one(tmp_path: Path) -> None:
    """An `id` that is no word, or pages long, gives way to the number of the line."""
    names: list[object] = ["", True, None, [], "x" * 501, "a#b\n"]
    rows = lines(*({"text": "x", "id": name} for name in names))
    (tmp_path / "x.jsonl").write_bytes(rows)

    assert [*(f"line {number}" for number in range(1, 6)), "a%23b%0A"] == [
        one.member for one in items(tmp_path).values()
    ]


def test_second_line_of_an_id(tmp_path: Path) -> None:
    """Of two lines with one `id` the first is an item, the second a row of its own."""
    (tmp_path / "x.jsonl").write_bytes(lines({"id": "a", "text": "1"}, {"id": "a", "text": "2"}))

    assert {"x.jsonl#a": b"1"} == contents(tmp_path)
    assert ["x.jsonl#a (2)"] == list(unreadable(tmp_path))


@pytest.mark.parametrize("raw", ["x".encode("utf-16"), b"\x89PNG\r\n\x1a\n\0\0\0\r"])
def test_no_lines_of_json(tmp_path: Path, raw: bytes) -> None:
    """A binary file is one row, not one a line."""
    (tmp_path / "x.jsonl").write_bytes(raw * 50)

    assert "binary" in unreadable(tmp_path)["x.jsonl"]


def test_nothing_in_it(tmp_path: Path) -> None:
    """An empty file is a row, not silence."""
    (tmp_path / "x.jsonl").write_bytes(b"\n")

    assert {"x.jsonl": "a container with nothing in it"} == skipped(tmp_path)


def test_cut_short(tmp_path: Path) -> None:
    """Of a packed file that is cut the lines before are items, and one row says so."""
    packed = gzip.compress(ROWS, 1) + gzip.compress(ROWS, 1)[:-20]
    (tmp_path / "x.jsonl.gz").write_bytes(packed)

    assert "ends too early" in unreadable(tmp_path)["x.jsonl.gz"]
    assert ["a", "line 2", "7"] == [one.member for one in items(tmp_path).values()][:3]


def test_bomb(tmp_path: Path) -> None:
    """A packed file that unpacks to more than max_ratio times its size is read so far only."""
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(lines({"text": "a"}) + b" " * (20 << 20)))

    assert "bomb" in unreadable(tmp_path)["x.jsonl.gz"]
    assert {"x.jsonl.gz#line 1": b"a"} == contents(tmp_path)


@pytest.mark.parametrize("after", [lines({"text": "changed"}), b"", b"\n\n", b"rubbish"])
def test_file_that_changes_between(tmp_path: Path, after: bytes) -> None:
    """A line of a file that has been written anew since the listing is not mistaken."""
    (tmp_path / "x.jsonl").write_bytes(lines({"text": "as listed"}))
    item = listing(tmp_path)["x.jsonl#line 1"]
    (tmp_path / "x.jsonl").write_bytes(after)

    assert isinstance(item, Item)
    with pytest.raises(DocumentError, match="changed since it was listed"):
        Folder(Options(tmp_path)).read(item)

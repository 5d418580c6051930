"""Tar archives among the files of a folder."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.folder.shelf import contents, faults, items, skipped, unreadable

from copydesk.api import DocumentError
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options

TEXT = b"An article about nothing in particular. " * 20


def archive(members: dict[str, bytes], **settings: Any) -> bytes:
    """Return a plain tar archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", **settings) as file:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            info.mtime = 1_700_000_000
            file.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def odd(kind: bytes, **fields: Any) -> bytes:
    """Return an archive with a member of some kind, and a good one after it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as file:
        info = tarfile.TarInfo("odd.txt")
        info.type = kind
        for name, value in fields.items():
            setattr(info, name, value)
        file.addfile(info)
        good = tarfile.TarInfo("z.txt")
        good.size = 1
        file.addfile(good, io.BytesIO(b"z"))
    return packed.getvalue()


MEMBERS = {"b.txt": TEXT, "dir/a.html": b"<p>first", "dir/empty.txt": b"", "c.txt": b"c" * 512}


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("tar", bytes),
        ("tar.gz", gzip.compress),
        ("tgz", gzip.compress),
        ("tar.bz2", bz2.compress),
        ("tbz2", bz2.compress),
        ("tar.xz", lzma.compress),
        ("TXZ", lzma.compress),
        ("tar", gzip.compress),
    ],
)
def test_members_are_items(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    """Each article is an item, whatever the archive is packed with, in any order of reading."""
    (tmp_path / f"x.{ending}").write_bytes(pack(archive(MEMBERS)))

    found = items(tmp_path)

    assert [f"x.{ending}#{name}" for name in MEMBERS] == list(found)
    first = found[f"x.{ending}#b.txt"]
    assert ("text/plain", len(TEXT), 1_700_000_000) == (
        first.media_type, first.size, first.modified,
    )  # fmt: skip
    assert list(MEMBERS.values()) == list(contents(tmp_path).values())
    assert contents(tmp_path) == contents(tmp_path, backwards=True)


def test_hash_of_what_is_read_to_list_it(tmp_path: Path) -> None:
    """A packed archive is unpacked to be listed, so its members have their hash."""
    (tmp_path / "x.tgz").write_bytes(gzip.compress(archive({"a.txt": TEXT})))
    (tmp_path / "y.tar").write_bytes(archive({"a.txt": TEXT}))

    found = items(tmp_path)

    assert sha256(TEXT).hexdigest() == found["x.tgz#a.txt"].sha256
    assert "" == found["y.tar#a.txt"].sha256


def test_packed_article_in_an_archive(tmp_path: Path) -> None:
    """A `.txt.gz` in an archive is unpacked; no hash is told that is not that of the text."""
    inner = archive({"a.txt.gz": gzip.compress(TEXT)})
    (tmp_path / "x.tgz").write_bytes(gzip.compress(inner))

    assert {"x.tgz#a.txt.gz": TEXT} == contents(tmp_path)
    assert "" == items(tmp_path)["x.tgz#a.txt.gz"].sha256


@pytest.mark.parametrize(
    "settings", [{"format": tarfile.GNU_FORMAT}, {"format": tarfile.PAX_FORMAT}]
)
def test_long_and_foreign_names(tmp_path: Path, settings: dict[str, int]) -> None:
    """Names of any length and script, which need headers of their own, survive."""
    long = "/".join(["ordner" * 5] * 10) + "/新闻.txt"
    members = {"a.txt": b"a", long: TEXT, "é.txt": b"e", "./dot//slash.txt": b"d"}
    (tmp_path / "x.tar").write_bytes(archive(members, **settings))

    found = contents(tmp_path)

    assert ["x.tar#a.txt", f"x.tar#{long}", "x.tar#é.txt", "x.tar#dot/slash.txt"] == list(found)
    assert list(members.values()) == list(found.values())


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A name of any bytes is a printable part of the key and leads back to its member."""
    raw = archive({"caf\udce9 #1.txt": TEXT}, format=tarfile.GNU_FORMAT)
    (tmp_path / "x.tar").write_bytes(raw)

    assert {"x.tar#caf%E9 %231.txt": TEXT} == contents(tmp_path)


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (tarfile.SYMTYPE, {"linkname": "/etc/passwd"}, "a symbolic link"),
        (tarfile.LNKTYPE, {"linkname": "z.txt"}, "a link to another member"),
        (tarfile.CHRTYPE, {}, "a device"),
        (tarfile.BLKTYPE, {}, "a device"),
        (tarfile.FIFOTYPE, {}, "a named pipe"),
        (b"V", {}, "something unknown"),
    ],
)
def test_no_files(tmp_path: Path, kind: bytes, fields: dict[str, str], words: str) -> None:
    """Links, devices and pipes in an archive are left out with a reason; what follows is read."""
    (tmp_path / "x.tar").write_bytes(odd(kind, **fields))

    assert {"x.tar#odd.txt": f"{words}, not a file"} == skipped(tmp_path)
    assert {"x.tar#z.txt": b"z"} == contents(tmp_path)


def test_folder_is_no_row(tmp_path: Path) -> None:
    """A folder in an archive is neither an item nor a row."""
    (tmp_path / "x.tar").write_bytes(odd(tarfile.DIRTYPE))

    assert {} == faults(tmp_path)
    assert ["x.tar#z.txt"] == list(items(tmp_path))


@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "a/../../b.txt"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    """An absolute name, or one with `..`, is a row in quarantine; its neighbours are items."""
    (tmp_path / "x.tar").write_bytes(archive({"0.txt": b"0", name: TEXT, "z.txt": b"z"}))

    assert "leads out of the archive" in unreadable(tmp_path)[f"x.tar#{name}"]
    assert {"x.tar#0.txt": b"0", "x.tar#z.txt": b"z"} == contents(tmp_path)


def test_second_member_of_a_name(tmp_path: Path) -> None:
    """Of two members with one name the first is an item, the second a row of its own."""
    raw = archive({"a.txt": b"1"})[:1024] + archive({"./a.txt": b"2"})
    (tmp_path / "x.tar").write_bytes(raw)

    assert {"x.tar#a.txt": b"1"} == contents(tmp_path)
    assert "name of an earlier member" in unreadable(tmp_path)["x.tar#a.txt (2)"]


def test_member_over_the_cap(tmp_path: Path) -> None:
    """A member that is larger than max_bytes is a row in quarantine."""
    (tmp_path / "x.tgz").write_bytes(gzip.compress(archive({"a.txt": TEXT, "b.txt": b"b"})))

    assert "more than max_bytes (500)" in unreadable(tmp_path, max_bytes=500)["x.tgz#a.txt"]
    assert {"x.tgz#b.txt": b"b"} == contents(tmp_path, max_bytes=500)


def test_bomb(tmp_path: Path) -> None:
    """A packed archive that unpacks to more than max_ratio times its size is read so far only."""
    members = {"a.txt": TEXT, "b.txt": bytes(20 << 20), "c.txt": TEXT}
    (tmp_path / "x.tgz").write_bytes(gzip.compress(archive(members)))

    assert "bomb" in unreadable(tmp_path)["x.tgz"]
    assert {"x.tgz#a.txt": TEXT} == contents(tmp_path)
    assert 3 == len(items(tmp_path, max_ratio=2000))


def _articles() -> dict[str, bytes]:
    """Return articles that hardly shrink."""
    words = random.Random(7)
    return {f"{number}.txt": words.randbytes(5000) for number in range(4)}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_archive_cut_short(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """Of an archive that is cut the members before are read, and one row says so."""
    raw = pack(archive(_articles()))
    (tmp_path / "x.tar").write_bytes(raw[: len(raw) * 5 // 8])

    (fault,) = faults(tmp_path).items()

    assert "x.tar" == fault[0]
    assert "damaged" in fault[1]
    assert ["x.tar#0.txt", "x.tar#1.txt"] == list(items(tmp_path))[:2]
    assert "x.tar#3.txt" not in items(tmp_path)


def test_cut_names_the_member(tmp_path: Path) -> None:
    """The row of a plain archive that is cut tells where."""
    (tmp_path / "x.tar").write_bytes(archive(_articles())[:7000])

    assert {"x.tar": "damaged: it ends inside '1.txt'"} == unreadable(tmp_path)


def test_cut_between_members(tmp_path: Path) -> None:
    """An archive without its end mark may lack members, and says so."""
    (tmp_path / "x.tar").write_bytes(archive({"a.txt": b"a", "b.txt": b"b"})[:1024])

    assert {"x.tar": "it has no end mark, so members may be missing"} == unreadable(tmp_path)
    assert {"x.tar#a.txt": b"a"} == contents(tmp_path)


def test_damaged_header(tmp_path: Path) -> None:
    """A header that is damaged ends the archive with one row that tells where."""
    raw = bytearray(archive({"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}))
    raw[1024 + 10] ^= 0xFF
    (tmp_path / "x.tar").write_bytes(raw)

    assert {"x.tar": "damaged at offset 1024: bad checksum"} == unreadable(tmp_path)
    assert {"x.tar#a.txt": b"a"} == contents(tmp_path)


def test_damaged_gzip(tmp_path: Path) -> None:
    """Of a packed archive with damaged bytes the members before them are read."""
    raw = bytearray(gzip.compress(archive(_articles()), 1))
    raw[12_000:12_100] = b"\xff" * 100
    (tmp_path / "x.tgz").write_bytes(raw)

    assert "damaged" in unreadable(tmp_path)["x.tgz"]
    assert ["x.tgz#0.txt", "x.tgz#1.txt"] == list(items(tmp_path))[:2]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "it is no tar archive"),
        (b"plain text " * 99, "it is no tar archive"),
        (gzip.compress(b"plain text"), "it is no tar archive"),
    ],
)
def test_no_archive(tmp_path: Path, raw: bytes, words: str) -> None:
    """A file that is only called `.tar.gz` is one row that says so."""
    (tmp_path / "x.tar.gz").write_bytes(raw)

    assert {"x.tar.gz": words} == unreadable(tmp_path)


def _header(size: bytes, kind: bytes) -> bytes:
    """Return a header with any size field and a right checksum."""
    block = bytearray(tarfile.TarInfo("a.txt").tobuf(tarfile.GNU_FORMAT))
    block[124:136] = size
    block[156:157] = kind
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def test_member_of_negative_size(tmp_path: Path) -> None:
    """A header that would lead back to itself for ever is damage."""
    size = b"\xff" + (-1024).to_bytes(11, "big", signed=True)
    (tmp_path / "x.tar").write_bytes(_header(size, b"0") + bytes(1024))

    assert "negative size" in unreadable(tmp_path)["x.tar"]


@pytest.mark.parametrize("kind", [b"L", b"x"])
def test_header_without_end(tmp_path: Path, kind: bytes) -> None:
    """A name or an attribute of megabytes is damage, and is not read into memory."""
    raw = _header(b"00040000000\0", kind) + bytes(1 << 23) + archive({"a.txt": b"a"})
    (tmp_path / "x.tar").write_bytes(raw)

    assert "a header of more than 65536 bytes" in unreadable(tmp_path)["x.tar"]


def test_file_with_holes(tmp_path: Path) -> None:
    """A sparse member waits in quarantine with advice; what follows is read."""
    raw = _header(b"00000000000\0", b"S") + archive({"b.txt": b"b"})
    (tmp_path / "x.tar").write_bytes(raw)

    assert "a file with holes" in unreadable(tmp_path)["x.tar#a.txt"]
    assert {"x.tar#b.txt": b"b"} == contents(tmp_path)


def test_archive_that_changes_between(tmp_path: Path) -> None:
    """A member of an archive that has been replaced since the listing is not mistaken."""
    (tmp_path / "x.tar").write_bytes(archive({"a.txt": TEXT, "b.txt": TEXT}))
    item = items(tmp_path)["x.tar#b.txt"]
    (tmp_path / "x.tar").write_bytes(archive({"b.txt": TEXT, "c.txt": TEXT}))
    source = Folder(Options(tmp_path))

    with pytest.raises(DocumentError, match="changed since it was listed"):
        source.read(item)

"""Zip archives among the files of a folder."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.plugins.folder.shelf import contents, faults, items, listing, skipped, unreadable

from copydesk.api import DocumentError, Item
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options

TEXT = b"An article about nothing in particular. " * 20


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name, (2024, 5, 17, 12, 30, 8)), content, method)
    return packed.getvalue()


class Unseekable(io.RawIOBase):
    """A pipe: what writes to it must put the sizes after the data."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        """Return that it is written to."""
        return True

    def write(self, data: object) -> int:
        """Take data."""
        part = bytes(data)  # type: ignore[call-overload]
        self.written += part
        return len(part)


def piped(members: dict[str, bytes]) -> bytes:
    """Return an archive as one that was written to a pipe."""
    pipe = Unseekable()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return bytes(pipe.written)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_items(tmp_path: Path, method: int) -> None:
    """Each article in an archive is an item of its own, in the order of the archive."""
    members = {"b.txt": b"second", "dir/a.html": b"<p>first", "dir/empty.txt": b""}
    (tmp_path / "x.zip").write_bytes(archive(members, method))

    found = items(tmp_path)

    assert ["x.zip#b.txt", "x.zip#dir/a.html", "x.zip#dir/empty.txt"] == list(found)
    item = found["x.zip#dir/a.html"]
    assert ("x.zip", "dir/a.html", "text/html", 8) == (
        item.uri, item.member, item.media_type, item.size,
    )  # fmt: skip
    assert 1715949008 == item.modified  # 2024-05-17T12:30:08Z
    assert members == {key[6:]: content for key, content in contents(tmp_path).items()}


def test_order_of_reading_is_free(tmp_path: Path) -> None:
    """Members can be read from last to first."""
    members = {f"{number}.txt": b"%d" % number * 1000 for number in range(20)}
    (tmp_path / "x.zip").write_bytes(archive(members))

    assert contents(tmp_path) == contents(tmp_path, backwards=True)


def test_archive_from_a_pipe(tmp_path: Path) -> None:
    """Sizes and checksums that come after the data are found there."""
    (tmp_path / "x.zip").write_bytes(piped({"a.txt": TEXT, "b.txt": b"b"}))

    assert {"x.zip#a.txt": TEXT, "x.zip#b.txt": b"b"} == contents(tmp_path)


def test_archive_after_something_else(tmp_path: Path) -> None:
    """An archive that is appended to a program is read."""
    (tmp_path / "x.zip").write_bytes(b"#!/bin/sh\n" * 99 + archive({"a.txt": TEXT}))

    assert {"x.zip#a.txt": TEXT} == contents(tmp_path)


def test_comment_and_rubbish_at_the_end(tmp_path: Path) -> None:
    """The directory is found before a comment and what somebody has appended."""
    packed = io.BytesIO(archive({"a.txt": TEXT}))
    with zipfile.ZipFile(packed, "a") as file:
        file.comment = b"made by hand " * 100
    (tmp_path / "x.zip").write_bytes(packed.getvalue() + b"\r\n")

    assert {"x.zip#a.txt": TEXT} == contents(tmp_path)


def test_sizes_of_64_bits(tmp_path: Path) -> None:
    """Sizes that are kept in the fields for large archives are found there."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(TEXT)
    (tmp_path / "x.zip").write_bytes(packed.getvalue())

    assert {"x.zip#a.txt": TEXT} == contents(tmp_path)


def test_end_of_64_bits(tmp_path: Path) -> None:
    """The end record of large archives is read, also behind something else."""
    raw = archive({"a.txt": TEXT})
    end = raw.rindex(b"PK\5\6")
    entries, size, offset = struct.unpack_from("<H2I", raw, end + 10)
    wide = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)
    for name, before in (("x.zip", b""), ("y.zip", b"?" * 321)):
        (tmp_path / name).write_bytes(before + raw[:end] + wide + locator + last)

    assert {"x.zip#a.txt": TEXT, "y.zip#a.txt": TEXT} == contents(tmp_path)


def test_packed_article_in_an_archive(tmp_path: Path) -> None:
    """A `.txt.gz` in an archive is unpacked as one on disk is."""
    (tmp_path / "x.zip").write_bytes(archive({"a.txt.gz": gzip.compress(TEXT)}))

    assert {"x.zip#a.txt.gz": TEXT} == contents(tmp_path)


def _with_raw_name(raw: bytes, name: bytes, utf8: bool) -> bytes:
    """Return the archive with a member called `XXXXXXXX` called otherwise, by its bytes."""
    raw = raw.replace(b"XXXXXXXX", name.ljust(8, b"x"))
    flags = (0x800 if utf8 else 0).to_bytes(2, "little")
    local, entry = raw.index(b"PK\3\4"), raw.index(b"PK\1\2")
    raw = raw[: local + 6] + flags + raw[local + 8 :]
    return raw[: entry + 8] + flags + raw[entry + 10 :]


@pytest.mark.parametrize(
    ("raw", "utf8", "name"),
    [
        ("é".encode("cp437"), False, "éxxxxxxx"),
        ("é".encode(), True, "éxxxxxx"),
        ("é".encode(), False, "éxxxxxx"),
        (b"\xff", True, "%FFxxxxxxx"),
        (b"a#b%c\n", False, "a%23b%25c%0Axx"),
    ],
)
def test_names_of_any_bytes(tmp_path: Path, raw: bytes, utf8: bool, name: str) -> None:
    """A name in code page 437, in UTF-8 (said or not), or in neither, names its member."""
    packed = _with_raw_name(archive({"XXXXXXXX.txt": TEXT}), raw, utf8)
    (tmp_path / "x.zip").write_bytes(packed)

    assert {f"x.zip#{name}.txt": TEXT} == contents(tmp_path)


def test_name_and_time_among_the_extra_fields(tmp_path: Path) -> None:
    """Unicode name and UTC time of the extra fields are better than those of the entry."""
    info = zipfile.ZipInfo("?.txt", (2024, 1, 1, 0, 0, 0))
    name = struct.pack("<BI", 1, zlib.crc32(b"?.txt")) + "新闻.txt".encode()
    info.extra = struct.pack("<2H", 0x7075, len(name)) + name
    info.extra += struct.pack("<2HBi", 0x5455, 5, 1, 1_700_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(info, TEXT)
    (tmp_path / "x.zip").write_bytes(packed.getvalue())

    (item,) = items(tmp_path).values()

    assert ("新闻.txt", 1_700_000_000) == (item.member, item.modified)


def test_time_that_is_none(tmp_path: Path) -> None:
    """A member without a time has that of its archive, so that a new archive is looked at."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(zipfile.ZipInfo("a.txt"), TEXT)  # 1980-01-01, as programs write it
    (tmp_path / "x.zip").write_bytes(packed.getvalue())

    (item,) = items(tmp_path).values()

    assert (tmp_path / "x.zip").stat().st_mtime == item.modified


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("photo.jpg", "include"),
        (".hidden.txt", "hidden"),
        ("__MACOSX/._a.txt", "hidden"),
        (".git/a.txt", "folder that is left out: hidden"),
        ("a.txt.part", "temporary"),
        ("inner.zip", "container in a container"),
        ("inner.jsonl.gz", "container in a container"),
        ("drafts/a.txt", "folder that is left out: a glob of the option exclude"),
        ("old.txt", "exclude"),
    ],
)
def test_members_are_left_out_as_files_are(tmp_path: Path, name: str, words: str) -> None:
    """A member that would be left out on disk is left out in an archive, with the reason."""
    (tmp_path / "x.zip").write_bytes(archive({name: TEXT, "a.txt": TEXT}))

    found = skipped(tmp_path, exclude=("drafts", "old.*"))

    assert [f"x.zip#{name}"] == list(found)
    assert words in found[f"x.zip#{name}"]


def test_an_archive_counts_as_a_folder_in_globs(tmp_path: Path) -> None:
    """Globs with a slash are for the path through the archive."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "x.zip").write_bytes(archive({"05/a.txt": TEXT, "06/a.txt": TEXT}))

    found = items(tmp_path, include=("2024/*.zip/05/*",), exclude=("**/06",))

    assert ["2024/x.zip#05/a.txt"] == list(found)


@pytest.mark.parametrize(
    "name", ["/etc/a.txt", "../a.txt", "a/../../b.txt", "C:/a.txt", "..\\a.txt"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    """An absolute name, or one with `..`, is a row in quarantine; its neighbours are items."""
    (tmp_path / "x.zip").write_bytes(archive({"0.txt": b"0", name: TEXT, "z.txt": b"z"}))

    (reason,) = unreadable(tmp_path).values()

    assert "leads out of the archive" in reason
    assert {"x.zip#0.txt": b"0", "x.zip#z.txt": b"z"} == contents(tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_second_member_of_a_name(tmp_path: Path) -> None:
    """Of two members with one name the first is an item, the second a row of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for content in (b"first", b"second", b"third"):
            file.writestr("a.txt", content)
        file.writestr("./a.txt", b"fourth")
    (tmp_path / "x.zip").write_bytes(packed.getvalue())

    refused = unreadable(tmp_path)

    assert {"x.zip#a.txt": b"first"} == contents(tmp_path)
    assert ["x.zip#a.txt (2)", "x.zip#a.txt (3)", "x.zip#a.txt (4)"] == list(refused)
    assert "name of an earlier member" in refused["x.zip#a.txt (2)"]


def test_symbolic_link_and_folder(tmp_path: Path) -> None:
    """A symbolic link in an archive is left out with a reason; a folder is no row."""
    link = zipfile.ZipInfo("link.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.mkdir("dir")
        file.writestr(link, "/etc/passwd")
    (tmp_path / "x.zip").write_bytes(packed.getvalue())

    assert {"x.zip#link.txt": "a symbolic link, not a file"} == faults(tmp_path)


def test_encrypted_member(tmp_path: Path) -> None:
    """An encrypted member waits in quarantine; the others are read."""
    raw = archive({"a.txt": TEXT, "b.txt": b"b"})
    entry = raw.index(b"PK\1\2")
    raw = raw[:6] + b"\1" + raw[7 : entry + 8] + b"\1" + raw[entry + 9 :]
    (tmp_path / "x.zip").write_bytes(raw)

    (reason,) = unreadable(tmp_path).values()

    assert "encrypted" in reason
    assert {"x.zip#b.txt": b"b"} == contents(tmp_path)


def test_unknown_method(tmp_path: Path) -> None:
    """A member packed in a way that is not supported says so."""
    (tmp_path / "x.zip").write_bytes(archive({"a.txt": TEXT}, zipfile.ZIP_LZMA))

    assert "packed with LZMA (14)" in unreadable(tmp_path)["x.zip#a.txt"]


def test_member_over_the_cap(tmp_path: Path) -> None:
    """A member that is larger than max_bytes is a row in quarantine and is not unpacked."""
    (tmp_path / "x.zip").write_bytes(archive({"big.txt": b"x" * 2000, "a.txt": b"a"}))

    refused = unreadable(tmp_path, max_bytes=1999)

    assert {"x.zip#big.txt": "2000 bytes, more than max_bytes (1999)"} == refused
    assert {"x.zip#a.txt": b"a"} == contents(tmp_path, max_bytes=1999)


def test_bomb_of_many_members(tmp_path: Path) -> None:
    """Members past max_ratio times the size of the archive go to quarantine, those before not."""
    zeros = bytes(9 << 20)
    (tmp_path / "x.zip").write_bytes(archive({"a.txt": zeros, "b.txt": zeros, "c.txt": zeros}))

    refused = unreadable(tmp_path, max_ratio=10)

    assert ["x.zip#b.txt", "x.zip#c.txt"] == list(refused)
    assert "bomb" in refused["x.zip#b.txt"]
    assert 3 == len(items(tmp_path, max_ratio=2000))


def test_member_that_lies_about_its_size(tmp_path: Path) -> None:
    """A member that unpacks to more than the directory says is stopped there."""
    raw = bytearray(archive({"a.txt": bytes(1 << 20), "b.txt": b"b"}))
    entry = raw.index(b"PK\1\2")
    raw[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    (tmp_path / "x.zip").write_bytes(raw)

    found = faults(tmp_path)

    assert {"x.zip#a.txt": "it unpacks to more than 100 bytes"} == found


def test_damaged_member_costs_itself(tmp_path: Path) -> None:
    """A member whose bytes are damaged is found out; its neighbours are read."""
    members = {"a.txt": b"a" * 50, "b.txt": b"b" * 50, "c.txt": b"c" * 50}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raw = bytearray(archive(members, method))
        raw[raw.index(b"b.txt") + 6] ^= 0xFF
        (tmp_path / "x.zip").write_bytes(raw)

        (fault,) = faults(tmp_path).items()

        assert "x.zip#b.txt" == fault[0]
        assert "damaged" in fault[1]


@pytest.mark.parametrize("make", [archive, piped])
def test_archive_cut_short(tmp_path: Path, make: object) -> None:
    """Of an archive without its directory the members before the cut are read; one row says so."""
    members = {f"{number}.txt": TEXT + b"%d" % number for number in range(4)}
    raw = make(members)  # type: ignore[operator]
    (tmp_path / "x.zip").write_bytes(raw[: raw.index(b"3.txt") + 20])

    (fault,) = faults(tmp_path).items()

    assert "x.zip" == fault[0]
    assert "the directory at its end is missing, 3 members were found; '3.txt'" in fault[1]
    assert list(members.values())[:3] == list(contents(tmp_path).values())


def test_damaged_directory(tmp_path: Path) -> None:
    """Members before the damage in a directory are items, and one row tells of the rest."""
    raw = bytearray(archive({"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}))
    raw[raw.rindex(b"PK\1\2")] = 0
    (tmp_path / "x.zip").write_bytes(raw)

    assert {"x.zip#a.txt": b"a", "x.zip#b.txt": b"b"} == contents(tmp_path)
    assert "2 entries that can be read, and should have 3" in unreadable(tmp_path)["x.zip"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"", "it is no zip archive"), (b"plain text", "it is no zip archive")],
)
def test_no_archive(tmp_path: Path, raw: bytes, words: str) -> None:
    """A file that is only called `.zip` is one row that says so."""
    (tmp_path / "x.zip").write_bytes(raw)

    assert {"x.zip": words} == unreadable(tmp_path)


def test_part_of_a_split_archive(tmp_path: Path) -> None:
    """The last part of a split archive says what to do."""
    raw = bytearray(archive({"a.txt": TEXT}))
    raw[raw.rindex(b"PK\5\6") + 4] = 2
    (tmp_path / "x.zip").write_bytes(raw)

    assert {"x.zip": "a part of a split archive; join the parts"} == unreadable(tmp_path)


def test_nothing_in_it(tmp_path: Path) -> None:
    """An archive without members is a row, not silence."""
    (tmp_path / "x.zip").write_bytes(archive({}))

    assert {"x.zip": "a container with nothing in it"} == skipped(tmp_path)


def test_archive_that_changes_between(tmp_path: Path) -> None:
    """A member of an archive that has been replaced since the listing is not mistaken."""
    (tmp_path / "x.zip").write_bytes(archive({"a.txt": TEXT, "b.txt": TEXT}))
    item = listing(tmp_path)["x.zip#b.txt"]
    (tmp_path / "x.zip").write_bytes(archive({"b.txt": b"new", "a.txt": b"old"}))
    source = Folder(Options(tmp_path))

    assert isinstance(item, Item)
    with pytest.raises(DocumentError, match="changed since it was listed"):
        source.read(item)


@pytest.mark.parametrize("make", [archive, piped])
@pytest.mark.parametrize(
    ("name", "text"), [("b.txt", TEXT), ("a.txt", TEXT.swapcase()), ("b.txt", TEXT.swapcase())]
)
def test_archive_rewritten_in_its_place(
    tmp_path: Path, make: Callable[[dict[str, bytes]], bytes], name: str, text: bytes
) -> None:
    """A member is known by its name and its checksum, where size and place are as before."""
    (tmp_path / "x.zip").write_bytes(make({"a.txt": TEXT}))
    item = items(tmp_path)["x.zip#a.txt"]
    with closing(Folder(Options(tmp_path))) as source:
        assert TEXT == source.read(item)
        with (tmp_path / "x.zip").open("r+b") as file:
            file.write(make({name: text}))

        with pytest.raises(DocumentError, match="changed since it was listed"):
            source.read(item)


def test_stored_members_that_change_places(tmp_path: Path) -> None:
    """Stored members that were replaced by others of equal size are no longer read."""
    before = {f"a{number}.txt": b"%06d" % number for number in range(9)}
    after = {f"b{number}.txt": b"%06d" % (number + 9) for number in range(9)}
    (tmp_path / "x.zip").write_bytes(archive(before, zipfile.ZIP_STORED))
    listed = items(tmp_path).values()
    (tmp_path / "x.zip").write_bytes(archive(after, zipfile.ZIP_STORED))
    source = Folder(Options(tmp_path))

    for item in listed:
        with pytest.raises(DocumentError, match="changed since it was listed"):
            source.read(item)


def test_checksum_of_the_directory(tmp_path: Path) -> None:
    """Content that does not fit what the directory says of it is not taken, nor blamed alone."""
    raw = bytearray(archive({"a.txt": TEXT}))
    raw[raw.index(b"PK\1\2") + 16] ^= 1
    (tmp_path / "x.zip").write_bytes(raw)

    assert {
        "x.zip#a.txt": "the archive has changed since it was listed, "
        "or its directory does not fit its members"
    } == faults(tmp_path)


EMPTY_END = b"PK\5\6" + bytes(18)


@pytest.mark.parametrize("end", [b"", b"\r\n"])
@pytest.mark.parametrize(
    "comment", [EMPTY_END, EMPTY_END + b" and more", b"more " + EMPTY_END * 9, EMPTY_END[:20]]
)
def test_comment_like_an_end(tmp_path: Path, comment: bytes, end: bytes) -> None:
    """A comment that looks like the end of an empty archive is a comment."""
    packed = io.BytesIO(archive({"a.txt": TEXT}))
    with zipfile.ZipFile(packed, "a") as file:
        file.comment = comment
    (tmp_path / "x.zip").write_bytes(packed.getvalue() + end)

    assert {"x.zip#a.txt": TEXT} == contents(tmp_path)

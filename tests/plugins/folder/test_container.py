"""Which files are containers, and what is common to all of them."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.folder.shelf import contents, faults, items, listing, skipped, unreadable

from copydesk.api import DocumentError, Item, Skipped, Unreadable
from copydesk_folder import container
from copydesk_folder.container import kind_of
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.zip", "zip"),
        ("a.b.ZIP", "zip"),
        ("a.tar", "tar"),
        ("a.Tar.gz", "tar"),
        ("a.tgz", "tar"),
        ("a.tar.xz", "tar"),
        ("a.ndjson", "jsonl"),
        ("a.jsonl.bz2", "jsonl"),
        ("a.warc.gz", "warc"),
        ("a.eml", "eml"),
        ("a.eml.gz", None),
        ("a.zip.gz", None),
        ("a.txt.gz", None),
        ("a.txt", None),
        ("zip", None),
        (".zip", None),
        ("jsonl.gz", None),
    ],
)
def test_kinds(name: str, kind: str | None) -> None:
    """The ending tells what a file contains."""
    assert kind == kind_of(name)


def test_kinds_that_are_not_opened(tmp_path: Path) -> None:
    """A kind that the options leave out is a file like any other."""
    (tmp_path / "a.eml").write_bytes(b"Subject: x\n\nx")
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "x"}')

    found = listing(tmp_path, containers=("jsonl",), include=("*.eml",))

    assert ["a.eml", "b.jsonl#line 1"] == list(found)
    assert b"Subject: x\n\nx" == contents(tmp_path, containers=(), include=("*.eml",))["a.eml"]
    assert ["a.eml", "b.jsonl"] == list(skipped(tmp_path, containers=()))


@pytest.mark.parametrize("name", [".x.jsonl", "x.jsonl.part", "~$x.jsonl", "old.jsonl"])
def test_containers_are_left_out_as_files_are(tmp_path: Path, name: str) -> None:
    """A hidden, temporary or excluded container is one row."""
    (tmp_path / name).write_bytes(b'{"text": "x"}')

    assert [name] == list(skipped(tmp_path, exclude=("old.*",)))


def test_container_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container that the system refuses to open is one row that says so."""
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "x"}')

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(container, "open_container", refuse)

    assert {"x.jsonl": "the file cannot be read: Permission denied"} == unreadable(tmp_path)


def test_error_that_nobody_foresaw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a format's reader raises costs one container and no more."""
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "x"}')
    (tmp_path / "y.txt").write_bytes(b"y")

    def fail(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(container, "open_container", fail)

    assert {"x.jsonl": "damaged: IndexError: list index out of range"} == unreadable(tmp_path)
    assert ["y.txt"] == list(items(tmp_path))


def test_vanished_container(tmp_path: Path) -> None:
    """An item of a container that has gone since the listing is an error that says so."""
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "x"}')
    source = Folder(Options(tmp_path))
    (item,) = source.items()
    (tmp_path / "x.jsonl").unlink()

    assert isinstance(item, Item)
    with pytest.raises(DocumentError, match="vanished"):
        source.read(item)


def _sound() -> dict[str, bytes]:
    """Return a container of each kind, with three documents in it."""
    texts = {f"{number}.txt": b"text %d " % number * 30 for number in range(3)}
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in texts.items():
            file.writestr(name, text)
    with tarfile.open(fileobj=tarred, mode="w") as tar:
        for name, text in texts.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    records = [
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <%b>\r\nContent-Length: %d\r\n"
        b"Content-Type: application/http\r\n\r\n%b\r\n\r\n"
        % (name.encode(), len(head) + len(text), head + text)
        for name, text in texts.items()
    ]
    rows = b"".join(b'{"id": "%b", "text": "%b"}\n' % (n.encode(), t) for n, t in texts.items())
    return {
        "x.zip": zipped.getvalue(),
        "x.tar": tarred.getvalue(),
        "x.tgz": gzip.compress(tarred.getvalue()),
        "x.jsonl": rows,
        "x.jsonl.gz": gzip.compress(rows),
        "x.warc": b"".join(records),
        "x.warc.gz": b"".join(map(gzip.compress, records)),
        "x.eml": b"Subject: =?utf-8?q?a?=\nFrom: a@b\nMIME-Version: 1.0\nContent-Type: "
        b'multipart/mixed; boundary="x"\n\n--x\n\ntext\n--x\nContent-Type: text/html\n\n<p>\n--x--',
    }


@pytest.mark.parametrize("name", list(_sound()))
@pytest.mark.parametrize("seed", range(4))
def test_spoiled_containers_never_stop_a_run(tmp_path: Path, name: str, seed: int) -> None:
    """However a container is spoiled, it is listed and read without another error than its own."""
    chance = random.Random(f"{name} {seed}")
    for _ in range(60):
        raw = _spoil(bytearray(_sound()[name]), chance)
        (tmp_path / name).write_bytes(raw)

        found = listing(tmp_path)

        assert found
        assert set(faults(tmp_path)) <= set(found)
        for one in found.values():
            assert one.key.encode()
            assert isinstance(one, Item) or (isinstance(one, Skipped | Unreadable) and one.reason)


def _spoil(raw: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(raw))
        deed = chance.randrange(4)
        if deed == 0:
            raw[place] = chance.randrange(256)
        elif deed == 1:
            raw[place : place + chance.randint(1, 9)] = b"\xff" * chance.randint(0, 9)
        elif deed == 2:
            raw[place:place] = raw[place : place + chance.randint(1, 300)]
        elif len(raw) > 40 and chance.random() < 0.5:
            del raw[chance.randrange(20, len(raw)) :]
    return bytes(raw)


def _large() -> dict[str, bytes]:
    """Return containers of 16 documents of a megabyte each that hardly shrink."""
    text = random.Random(2).randbytes(1 << 19).hex().encode()
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(16):
            file.writestr(f"{number}.txt", text)
    with tarfile.open(fileobj=tarred, mode="w") as tar:
        for number in range(16):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    return {
        "x.zip": zipped.getvalue(),
        "x.tar": tarred.getvalue(),
        "x.tgz": gzip.compress(tarred.getvalue(), 1),
        "x.jsonl.gz": gzip.compress(b'{"text": "%b"}\n' % text * 16, 1),
    }


@pytest.fixture(scope="module")
def large() -> dict[str, bytes]:
    """Return the large containers, made once."""
    return _large()


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tgz", "x.jsonl.gz"])
def test_memory_is_that_of_one_member(tmp_path: Path, large: dict[str, bytes], name: str) -> None:
    """Listing and reading a container takes the memory of a few members, not of all."""
    (tmp_path / name).write_bytes(large[name])
    source, reader = Folder(Options(tmp_path)), Folder(Options(tmp_path))

    tracemalloc.start()
    read = [len(reader.read(one)) for one in source.items() if isinstance(one, Item)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [1 << 20] * 16 == read
    assert peak < 8 << 20
    reader.close()


def test_rows_of_many_members_of_one_name() -> None:
    """Members of one name by the thousand are told apart without trying every number."""
    met: dict[str, int] = {}
    rows: list[Any] = [container._once(Item("x", "a"), met) for _ in range(30_000)]

    assert "x#a (30000)" == rows[-1].key
    assert isinstance(rows[-1], Unreadable)

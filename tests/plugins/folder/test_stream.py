"""Reading files in order, unpacked where they are packed."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_folder.container import DamageError, Place
from copydesk_folder.options import Options
from copydesk_folder.selection import Selection
from copydesk_folder.stream import Stream

WORDS = random.Random(3)
DATA = b"".join(WORDS.randbytes(WORDS.randrange(90)).hex().encode() + b"\n" for _ in range(3000))


def in_parts(data: bytes) -> bytes:
    """Return data packed in parts, some of them empty."""
    parts = [data[start : start + 7000] for start in range(0, len(data), 7000)]
    return b"".join(map(gzip.compress, [b"", *parts[:3], b"", b"", *parts[3:]]))


PACKINGS = [bytes, gzip.compress, bz2.compress, lzma.compress, in_parts]


def opened(folder: Path, raw: bytes, **options: object) -> Stream:
    """Return a stream of a file with these bytes."""
    (folder / "x").write_bytes(raw)
    settings = Options(folder, **options)  # type: ignore[arg-type]
    return Stream(Place(str(folder / "x"), "x", len(raw), 0.0, settings, Selection(settings)))


def drain(stream: Stream) -> tuple[bytes, str]:
    """Return what can be read of a stream, and how it ends."""
    found = bytearray()
    try:
        while part := stream.read(1):
            found += part
    except DamageError as error:
        return bytes(found), str(error)
    return bytes(found), ""


@pytest.mark.parametrize("pack", PACKINGS)
def test_content(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """A stream gives what was packed, by bytes and by lines."""
    stream = opened(tmp_path, pack(DATA))

    assert DATA == stream.read(10**7)
    assert b"" == stream.read(1)

    stream.go(0)
    read = iter(lambda: stream.read_line(10**6), b"")

    assert DATA.splitlines(keepends=True) == list(read)
    stream.close()


@pytest.mark.parametrize("pack", PACKINGS)
def test_marks(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """Marked positions are found again by another stream, in any order."""
    stream = opened(tmp_path, pack(DATA))
    marks = {}
    while line := stream.read_line(10**6):
        marks[stream.mark(stream.tell() - len(line))] = line
    other = opened(tmp_path, pack(DATA))
    places = list(marks)
    random.Random(5).shuffle(places)

    assert 3000 == len(marks)
    for place in [*places[:200], *list(marks)[:200]]:
        other.go(place)
        assert marks[place] == other.read_line(10**6)
    stream.close()
    other.close()


@pytest.mark.parametrize("pack", PACKINGS)
def test_skip_counts_what_was_there(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """Passing over more than there is tells how much there was."""
    stream = opened(tmp_path, pack(DATA))

    assert 100 == stream.skip(100)
    assert DATA[100:105] == stream.read(5)
    assert len(DATA) - 105 == stream.skip(10**9)
    stream.close()


@pytest.mark.parametrize("pack", PACKINGS[1:])
def test_cut(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """Of packed data that is cut everything before the cut comes, then the damage."""
    stream = opened(tmp_path, pack(DATA)[:-10])

    found, damage = drain(stream)

    assert "damaged: its packed data ends too early" == damage
    assert DATA.startswith(found)
    assert pack is bz2.compress or len(found) > len(DATA) - 5000
    stream.close()


def test_damage_comes_after_what_is_sound(tmp_path: Path) -> None:
    """A checksum that is wrong is told after the content, of which one byte is lost."""
    stream = opened(tmp_path, gzip.compress(DATA)[:-8] + bytes(8))

    assert DATA[:-1] == b"".join(stream.read(1) for _ in DATA[1:])
    with pytest.raises(DamageError, match="incorrect data check"):
        stream.read(1)
    stream.close()


def test_padding_and_rubbish(tmp_path: Path) -> None:
    """Zero bytes after packed data are padding; anything else is damage."""
    stream = opened(tmp_path, gzip.compress(b"x") + bytes(9000) + gzip.compress(b"y") + bytes(9))

    assert b"xy" == stream.read(9)
    stream.close()

    stream = opened(tmp_path, gzip.compress(b"x") + b"rubbish")

    assert b"x" == stream.read(1)
    with pytest.raises(DamageError, match="followed by something else"):
        stream.read(1)
    stream.close()


def test_dictionary_of_gigabytes(tmp_path: Path) -> None:
    """Packed data that asks for too much memory is damage."""
    raw = bytearray(lzma.compress(b"x"))
    head = slice(12, 12 + raw[12] * 4)
    raw[16] = 36  # in the block's header: a dictionary of a GiB
    raw[head.stop : head.stop + 4] = zlib.crc32(raw[head]).to_bytes(4, "little")
    stream = opened(tmp_path, bytes(raw))

    with pytest.raises(DamageError, match="Memory usage limit"):
        stream.read(1)
    stream.close()


def test_closed_when_forgotten(tmp_path: Path) -> None:
    """A stream that nobody closes leaves no descriptor behind."""
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        opened(tmp_path, gzip.compress(b"x")).read(1)

    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 1


@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(1, 50))
def test_parts_are_one_text(parts: list[bytes], step: int) -> None:
    """Any number of packed parts read in any steps are what their contents are together."""
    raw = b"".join(map(gzip.compress, parts)) or gzip.compress(b"")
    with tempfile.TemporaryDirectory() as folder:
        stream = opened(Path(folder), raw)
        found = b"".join(iter(lambda: stream.read(step), b""))
        stream.close()

    assert b"".join(parts) == found

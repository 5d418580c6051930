"""The source `folder` on real folders."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plugins.folder.shelf import contents, items, listing

from copydesk.api import Busy, DocumentError, Item, Skipped, Unreadable
from copydesk_folder.folder import Folder
from copydesk_folder.names import from_uri, to_uri
from copydesk_folder.options import Options


def test_items_in_order_with_media_types(tmp_path: Path) -> None:
    """Files below the folder are items, by name, with the media type of their ending."""
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.html", "b/z.md", "a.HTM", "d.txt.gz"):
        (tmp_path / name).write_bytes(b"x")

    found = list(Folder(Options(tmp_path)).items())

    assert [
        ("a.HTM", "text/html"), ("b/a.html", "text/html"), ("b/z.md", "text/markdown"),
        ("c.txt", "text/plain"), ("d.txt.gz", "text/plain"),
    ] == [(one.uri, one.media_type) for one in found if isinstance(one, Item)]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".hidden.txt", "hidden"),
        ("draft.txt~", "temporary"),
        ("page.html.part", "temporary"),
        ("photo.jpg", "include"),
    ],
)
def test_skipped_files_have_a_reason(tmp_path: Path, name: str, words: str) -> None:
    """A file that is no article is listed as skipped, never left out in silence."""
    (tmp_path / name).write_bytes(b"x")

    one = listing(tmp_path)[name]

    assert isinstance(one, Skipped)
    assert words in one.reason


def test_exclude_wins_and_prunes_folders(tmp_path: Path) -> None:
    """An excluded folder is one skipped row; an excluded file wins over include."""
    (tmp_path / "old").mkdir()
    for name in ("old/a.txt", "a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"x")

    found = listing(tmp_path, exclude=("old", "b.*"))

    assert ["a.txt", "b.txt", "old/"] == list(found)
    assert [Item, Skipped, Skipped] == [type(one) for one in found.values()]


def test_folder_with_a_manifest_that_is_no_store(tmp_path: Path) -> None:
    """A folder is one of documents, whatever its `manifest.json` is, unless a store wrote it."""
    for folder, manifest in (("page", '{"name": "My page"}'), ("empty", ""), ("shop", "store")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "manifest.json").write_text(manifest)
        (tmp_path / folder / "a.txt").write_bytes(b"x")
    (tmp_path / "odd" / "manifest.json").mkdir(parents=True)
    (tmp_path / "odd" / "a.txt").write_bytes(b"x")

    found = items(tmp_path)

    assert ["empty/a.txt", "odd/a.txt", "page/a.txt", "shop/a.txt"] == list(found)


def test_globs_with_slash_are_for_paths(tmp_path: Path) -> None:
    """A glob with a slash holds for the path below the folder."""
    (tmp_path / "2024" / "05").mkdir(parents=True)
    for name in ("2024/05/a.html", "2024/a.html", "a.html"):
        (tmp_path / name).write_bytes(b"x")

    found = listing(tmp_path, include=("2024/**/*.html",))

    assert ["2024/05/a.html", "2024/a.html"] == [k for k, v in found.items() if type(v) is Item]


def test_links_that_leave_are_refused(tmp_path: Path) -> None:
    """A symbolic link is followed to a file in the folder only."""
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.txt").write_bytes(b"x")
    (inside / "a.txt").write_bytes(b"x")
    (inside / "loop").symlink_to(inside)
    (inside / "good.txt").symlink_to("a.txt")
    (inside / "out.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "dead.txt").symlink_to("nowhere")

    found = listing(inside)

    assert isinstance(found["good.txt"], Item)
    assert isinstance(found["out.txt"], Skipped)
    assert "leaves the folder" in found["out.txt"].reason
    assert isinstance(found["dead.txt"], Unreadable)
    assert isinstance(found["loop"], Skipped)


def test_pipe_is_not_opened(tmp_path: Path) -> None:
    """A named pipe is skipped, and nobody waits for its writer."""
    os.mkfifo(tmp_path / "a.txt")

    one = listing(tmp_path)["a.txt"]

    assert isinstance(one, Skipped)
    assert "named pipe" in one.reason


def test_folder_named_like_an_article(tmp_path: Path) -> None:
    """A folder called `a.txt` is one quarantined row, and its files are items."""
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "b.txt").write_bytes(b"x")

    found = listing(tmp_path)

    assert isinstance(found["a.txt"], Unreadable)
    assert isinstance(found["a.txt/b.txt"], Item)


def test_missing_folder_is_told(tmp_path: Path) -> None:
    """A folder that is not there is one row that says so."""
    (one,) = Folder(Options(tmp_path / "none")).items()

    assert isinstance(one, Unreadable)
    assert "No such file" in one.reason


def test_names_that_are_not_utf8_survive(tmp_path: Path) -> None:
    """A name of any bytes becomes a printable URI that leads back to the file."""
    name = os.fsdecode(b"caf\xe9 #1 100%.txt")
    (tmp_path / name).write_bytes(b"content")
    source = Folder(Options(tmp_path))

    (item,) = source.items()

    assert isinstance(item, Item)
    assert "caf%E9 %231 100%25.txt" == item.uri
    assert b"content" == source.read(item)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a\x85b\x9f.txt", "a%C2%85b%C2%9F.txt"),
        ("a\u2028b\u2029.txt", "a%E2%80%A8b%E2%80%A9.txt"),
        ("a\u202etxt.exe.txt", "a%E2%80%AEtxt.exe.txt"),
        ("a\u2066b\u2069.txt", "a%E2%81%A6b%E2%81%A9.txt"),
        ("می\u200cخواهم\u200f.txt", "می\u200cخواهم\u200f.txt"),
    ],
)
def test_names_that_would_mislead(name: str, uri: str) -> None:
    """What ends a line or turns it around is escaped; what scripts are written with is not."""
    assert uri == to_uri(name)
    assert name == from_uri(uri)


@given(st.binary(min_size=1, max_size=40))
def test_uri_round_trip(name: bytes) -> None:
    """Any file name can be written as a URI in valid UTF-8 and read back."""
    path = os.fsdecode(name)

    uri = to_uri(path)

    assert uri.encode("utf-8")
    assert path == from_uri(uri)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda raw: raw[:-9], "ends too early"),
        (lambda raw: raw[:12] + b"\xff\xff" + raw[14:], "damaged gzip"),
        (lambda raw: raw + b"rubbish", "damaged gzip: its packed data is followed by something"),
        (lambda raw: raw + bytes(512) + b"rubbish", "damaged gzip: its packed data is followed"),
        (lambda raw: raw + bytes(512) + raw[:-9], "ends too early"),
        (lambda raw: b"plain text", "it is not gzip"),
    ],
)
def test_bad_gzip(tmp_path: Path, spoil: Callable[[bytes], bytes], words: str) -> None:
    """A gzip file that is none, or damaged, is a document error that says so."""
    (tmp_path / "a.txt.gz").write_bytes(spoil(gzip.compress(b"an article " * 50, mtime=0)))
    source = Folder(Options(tmp_path))

    with pytest.raises(DocumentError, match=words):
        source.read(Item("a.txt.gz"))


def test_gzip_members_are_one_text(tmp_path: Path) -> None:
    """A gzip file of several members, and of zeros that fill a block, is read whole."""
    parts = [gzip.compress(b"one "), gzip.compress(b"two"), bytes(512)]
    (tmp_path / "a.txt.gz").write_bytes(b"".join(parts))
    (tmp_path / "b.txt.gz").write_bytes(bytes(512).join(parts))

    assert [b"one two"] * 2 == list(contents(tmp_path).values())


def test_limits_of_size(tmp_path: Path) -> None:
    """A file over max_bytes is not listed as an item, and a gzip bomb is stopped at the cap."""
    (tmp_path / "big.txt").write_bytes(b"x" * 2000)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"\0" * 1_000_000))
    source = Folder(Options(tmp_path, max_bytes=1500))

    found = {one.key: one for one in source.items()}

    assert isinstance(found["big.txt"], Unreadable)
    with pytest.raises(DocumentError, match="unpacks to more than max_bytes"):
        source.read(Item("bomb.txt.gz"))


def test_vanished_file(tmp_path: Path) -> None:
    """A file that has gone since the listing is a document error."""
    with pytest.raises(DocumentError, match="vanished"):
        Folder(Options(tmp_path)).read(Item("a.txt"))


def test_one_file(tmp_path: Path) -> None:
    """The path may be a file: then it alone is listed, by its name."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(name.encode())

    assert {"a.txt": b"a.txt"} == contents(tmp_path / "a.txt")


def test_one_container(tmp_path: Path) -> None:
    """The path may be a container: then its members are listed."""
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "x"}')
    (tmp_path / "b.txt").write_bytes(b"b")

    assert {"a.jsonl#line 1": b"x"} == contents(tmp_path / "a.jsonl")


def test_containers_and_files_mix(tmp_path: Path) -> None:
    """Files, and what is in containers, come in one order, and each is read as what it is."""
    (tmp_path / "dir").mkdir()
    for name in ("a.txt", "dir/b.jsonl", "dir/c.txt", "z%.jsonl"):
        content = b'{"text": "%b"}' if name.endswith("jsonl") else b"%b"
        (tmp_path / name).write_bytes(content % name.encode())

    assert {
        "a.txt": b"a.txt",
        "dir/b.jsonl#line 1": b"dir/b.jsonl",
        "dir/c.txt": b"dir/c.txt",
        "z%25.jsonl#line 1": b"z%.jsonl",
    } == contents(tmp_path)


def test_link_to_a_container(tmp_path: Path) -> None:
    """A symbolic link to a container in the folder is followed, one that leaves is not."""
    inside = tmp_path / "in"
    inside.mkdir()
    for folder in (tmp_path, inside):
        (folder / "a.jsonl").write_bytes(b'{"text": "x"}')
    (inside / "b.jsonl").symlink_to("a.jsonl")
    (inside / "c.jsonl").symlink_to(tmp_path / "a.jsonl")

    assert ["a.jsonl#line 1", "b.jsonl#line 1"] == list(items(inside))
    assert isinstance(listing(inside)["c.jsonl"], Skipped)


def test_file_that_grows_or_shrinks(tmp_path: Path) -> None:
    """A file is read to the end that it has when it is read, up to the cap."""
    source = Folder(Options(tmp_path, max_bytes=3000))
    for length in (0, 9, 2000, 3000):
        (tmp_path / "a.txt").write_bytes(b"x" * length)

        assert b"x" * length == source.read(Item("a.txt", size=10))

    (tmp_path / "a.txt").write_bytes(b"x" * 3001)
    with pytest.raises(DocumentError, match="more than max_bytes"):
        source.read(Item("a.txt", size=10))


def test_plugin_is_light() -> None:
    """The plugin's own module, which every run imports, imports neither globs nor formats."""
    script = "import sys, copydesk_folder; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    loaded = done.stdout.split()
    assert "copydesk_folder.options" in loaded
    assert not {"wcmatch", "tarfile", "copydesk_folder.folder"} & set(loaded)


def test_plain_endings_need_no_globs(tmp_path: Path) -> None:
    """A folder with the default options is listed without the library for globs."""
    script = (
        "import sys; from pathlib import Path; from copydesk_folder.folder import Folder;"
        "from copydesk_folder.options import Options;"
        "list(Folder(Options(Path('.'))).items()); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert "wcmatch" not in done.stdout.split()


def test_file_that_has_just_changed_is_busy(tmp_path: Path) -> None:
    """A fresh article or container is left for later, by its time of change or of its status."""
    for name in ("now.txt", "now.zip", "now.db", "set.txt"):
        (tmp_path / name).write_bytes(b"x")
    os.utime(tmp_path / "set.txt", (1, 1))

    found = {one.key: one for one in Folder(Options(tmp_path, quiet_seconds=60)).items()}

    assert {"now.txt", "now.zip", "set.txt"} == {
        key for key, one in found.items() if isinstance(one, Busy)
    }
    assert isinstance(found["now.db"], Skipped)


def test_file_is_no_longer_busy_after_a_while(tmp_path: Path) -> None:
    """What has not changed for the quiet time is an item, even with a time in the far future."""
    for name in ("a.txt", "future.txt"):
        (tmp_path / name).write_bytes(b"x")
    ahead = time.time() + 86_400
    os.utime(tmp_path / "future.txt", (ahead, ahead))
    source = Folder(Options(tmp_path, quiet_seconds=0.2))
    assert {Busy("a.txt"), Busy("future.txt")} == set(source.items())

    time.sleep(0.25)

    assert ["a.txt", "future.txt"] == [one.key for one in source.items() if isinstance(one, Item)]


def test_folders_without_end_are_one_row(tmp_path: Path) -> None:
    """Folders in folders beyond any sense are a row of their own, and the rest is listed."""
    deepest = tmp_path
    for _ in range(300):
        deepest /= "d"
        deepest.mkdir()
    (deepest / "a.txt").write_bytes(b"x")
    (tmp_path / "b.txt").write_bytes(b"x")

    found = list(Folder(Options(tmp_path)).items())

    assert ["b.txt"] == [one.uri for one in found if isinstance(one, Item)]
    (deep,) = [one for one in found if isinstance(one, Unreadable)]
    assert "folders deep" in deep.reason

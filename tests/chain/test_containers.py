"""A folder of files and containers of every kind, good and bad, through the real command."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from tests.root import ROOT

from copydesk.testing import Desk

NEWS = ROOT / "config" / "news.yaml"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"
PAGE = (
    "<html><head><title>Der Fluß</title></head><body><article>"
    + "<p>Die Behörden meldeten am Dienstag, daß der Fluß über die Ufer getreten sei.</p>" * 8
    + "</article></body></html>"
).encode("latin-1")


def zipped() -> bytes:
    """Return the seeds in a zip archive, with a photo and a name that leads out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for seed in SEEDS:
            file.writestr(f"articles/{seed.name}", seed.read_bytes())
        file.writestr("photo.jpg", b"\xff\xd8")
        file.writestr("../evil.txt", b"An article that is not where it should be.")
    return packed.getvalue()


def tarred() -> bytes:
    """Return the seeds in a packed tar archive, with a link, cut short inside the last one."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as file:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
        for seed in SEEDS:
            file.add(seed, seed.name)
    content = packed.getvalue()
    return gzip.compress(content[: content.rindex(b"ustar") + 300])


def lines() -> bytes:
    """Return the seeds as lines of JSON, and a line that is none."""
    rows = [{"id": seed.stem, "text": seed.read_text("utf-8"), "url": "x:y"} for seed in SEEDS]
    return b"not json\n" + b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def crawled() -> bytes:
    """Return a page as a crawler keeps it, and an answer that is none."""
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
        b"WARC-Target-URI: http://news.example/1\r\nWARC-Date: 2024-05-17T12:30:00Z\r\n"
        b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
    )
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"
    pages = [record % (n, len(c), c) for n, c in enumerate((HEAD + PAGE, missing), 1)]
    return b"".join(map(gzip.compress, pages))


def mailed() -> bytes:
    """Return a mail with the French seed."""
    message = EmailMessage()
    message["Subject"] = "Pour la une"
    message["From"] = "Anne <anne@news.example>"
    message.set_content(SEEDS[2].read_text("utf-8"))
    return message.as_bytes()


@pytest.fixture
def mixed(desk: Desk) -> Path:
    """Return a folder with a container of each kind and a plain file."""
    folder = desk.folder / "mixed"
    folder.mkdir()
    for name, content in {
        "a.txt": SEEDS[2].read_bytes(),
        "b.zip": zipped(),
        "c.tar.gz": tarred(),
        "d.jsonl.gz": gzip.compress(lines()),
        "e.warc.gz": crawled(),
        "f.eml": mailed(),
        "g.tar": b"no archive",
    }.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("workers", [1, 3])
def test_mixed_folder(desk: Desk, mixed: Path, workers: int) -> None:
    """Each document in a container is a record of its own; each bad thing is a row, no more."""
    summary = desk.run(NEWS, mixed, "--workers", workers)

    # done: 1 file, 5 in the zip, 4 before the cut, 5 lines, 1 page, 1 mail. dropped: the photo, the
    # link, the 404. quarantined: the name that leads out, the cut, the line, what is no archive.
    assert (17, 3, 4) == (summary["done"], summary["dropped"], summary["quarantined"])


def test_records_say_where_they_come_from(desk: Desk, mixed: Path) -> None:
    """A record names its container and the member, and begins with what the collection knows."""
    desk.run(NEWS, mixed)
    rows = map(json.loads, desk.copydesk("export", "--store", "out.db").stdout.splitlines())
    records = {(row["source"]["uri"], row["source"]["member"]): row for row in rows}

    assert 17 == len(records)
    zipped_seed = records["b.zip", f"articles/{SEEDS[2].name}"]
    assert records["a.txt", None]["text"] == zipped_seed["text"]
    page = records["e.warc.gz", "urn:uuid:1"]
    assert "über die Ufer" in page["text"]
    assert ("Der Fluß", "http://news.example/1") == (
        page["metadata"]["title"], page["metadata"]["url"],
    )  # fmt: skip
    assert "Pour la une" == records["f.eml", "text"]["metadata"]["title"]
    assert "x:y" == records["d.jsonl.gz", SEEDS[0].stem]["metadata"]["url"]


def test_second_run_finds_nothing_new(desk: Desk, mixed: Path) -> None:
    """What is in containers is known the next time, and one changed line is found among it."""
    desk.run(NEWS, mixed)

    summary = desk.run(NEWS, mixed)

    assert (0, 0) == (summary["done"], summary["dropped"])
    assert summary["listed"] == summary["unchanged"] + summary["waiting"]
    unchanged = summary["unchanged"]

    new = lines().replace(b'"text": "', b'"text": "Neu. ', 1)
    (mixed / "d.jsonl.gz").write_bytes(gzip.compress(new))
    summary = desk.run(NEWS, mixed)

    assert (1, unchanged - 1) == (summary["done"], summary["unchanged"])


def test_one_container_on_the_command_line(desk: Desk, mixed: Path) -> None:
    """A single container can be named as the source."""
    summary = desk.run(NEWS, mixed / "d.jsonl.gz")

    assert (5, 1) == (summary["done"], summary["quarantined"])


def test_page_wins_over_its_collection(desk: Desk) -> None:
    """What a page says of itself counts; what it leaves open, its line of JSON says."""
    line = {"html": PAGE.decode("latin-1"), "title": "Line", "url": "x:y", "authors": ["Anne"]}
    (desk.folder / "pages.jsonl").write_text(json.dumps(line))

    desk.run(NEWS, "pages.jsonl")

    (record,) = map(json.loads, desk.copydesk("export", "--store", "out.db").stdout.splitlines())
    told = record["metadata"]
    assert ("Der Fluß", "x:y", ["Anne"]) == (told["title"], told["url"], told["authors"])


def test_change_of_metadata_alone_is_found(desk: Desk) -> None:
    """A line with another title and the same text is a changed item, and only that line is."""
    rows = [{"id": seed.stem, "text": seed.read_text("utf-8"), "title": "Old"} for seed in SEEDS]
    lines = desk.folder / "lines.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    desk.run(NEWS, lines)
    assert (0, 5) == took(desk.run(NEWS, lines))

    rows[1]["title"] = "New"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))

    assert (1, 4) == took(desk.run(NEWS, lines))
    exported = desk.copydesk("export", "--store", "out.db").stdout.splitlines()
    titles = [json.loads(row)["metadata"]["title"] for row in exported]
    assert ["New", "Old", "Old", "Old", "Old"] == sorted(titles)


def took(summary: dict[str, Any]) -> tuple[int, int]:
    """Return how many documents were done, and how many were unchanged."""
    return summary["done"], summary["unchanged"]

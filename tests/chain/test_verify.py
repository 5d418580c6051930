"""Records are held to their sources, and one that lies is found."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.root import ROOT

from copydesk.testing import Desk

NEWS = ROOT / "config" / "news.yaml"
PAGE = (
    "<html><head><title>News</title></head><body><article><h1>A long day in the city</h1>"
    + "".join(
        f"<p>Paragraph {n} tells what <b>happened</b> on the {n}th day &amp; why it matters to all "
        "the people who live here.</p>"
        for n in range(1, 9)
    )
    + "</article></body></html>"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with records of the seeds and of a web page."""
    desk = Desk(tmp_path)
    shutil.copytree(ROOT / "seeds", tmp_path / "articles")
    (tmp_path / "articles" / "page.html").write_text(PAGE)
    assert 6 == desk.run(NEWS, "articles")["done"]
    return desk


def verify(desk: Desk) -> tuple[int, Any]:
    """Return exit code and findings."""
    done = desk.copydesk("verify", NEWS, "articles", "--store", "out.db", "--json")
    return done.returncode, json.loads(done.stdout)


def test_records_hold(desk: Desk) -> None:
    """Every record of the default chain is true to its source, a web page's too."""
    assert (0, {"counts": {"verified": 6}, "findings": []}) == verify(desk)


def test_lie_is_found(desk: Desk) -> None:
    """A record whose offsets are off by one is told with its place."""
    connection = sqlite3.connect(desk.folder / "out.db")
    query = "SELECT record.id, json FROM record JOIN ledger ON record = record.id WHERE key = ?"
    number, text = connection.execute(query, ("page.html",)).fetchone()
    record = json.loads(text)
    record["segments"][0]["source_start"] += 1
    record["segments"][0]["source_end"] += 1
    connection.execute("UPDATE record SET json = ? WHERE id = ?", (json.dumps(record), number))
    connection.commit()
    connection.close()

    code, found = verify(desk)

    assert 1 == code
    assert [("page.html", "false")] == [(f["key"], f["verdict"]) for f in found["findings"]]
    assert "segment 0-" in found["findings"][0]["finding"]


def test_changed_and_missing_sources_are_no_lies(desk: Desk) -> None:
    """A source that has changed or gone since is told, and is no fault of the record."""
    (desk.folder / "articles" / "page.html").write_text(PAGE + " ")
    (desk.folder / "articles" / "003_4b29b17991f7c36e.txt").unlink()

    code, found = verify(desk)

    assert 0 == code
    assert {"verified": 4, "changed": 1, "unread": 1} == found["counts"]


def test_advice_helps(tmp_path: Path) -> None:
    """The run that is advised for a member of the size and time that it had takes what is new."""
    desk = Desk(tmp_path)
    desk.write_chain("encoding.chardet")
    (tmp_path / "articles").mkdir()

    for text in ("It rained on Monday.", "It rained on Sunday."):
        with zipfile.ZipFile(tmp_path / "articles" / "x.zip", "w") as archive:
            archive.writestr(zipfile.ZipInfo("a.txt", (2024, 5, 17, 12, 30, 8)), text)
        desk.copydesk("run", "chain.yaml")
    found = desk.copydesk("verify", "chain.yaml", "--json")
    desk.copydesk("run", "chain.yaml", "--rehash")

    (finding,) = json.loads(found.stdout)["findings"]
    assert finding["finding"].endswith("run the chain again with --rehash")
    found = desk.copydesk("verify", "chain.yaml", "--json")
    assert {"verified": 1} == json.loads(found.stdout)["counts"]

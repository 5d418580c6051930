"""What verbs say of a store in which the JSON of one record is damaged."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.testing import Desk


@pytest.fixture(params=["cut", "bytes", "shape"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    """Return a desk with three records, the second of which is damaged."""
    desk = Desk(tmp_path)
    for name in "abc":
        desk.write(f"articles/{name}.txt", f"The harbour of Lisbon is open again, {name}.")
    desk.write_chain("encoding.chardet", "language.identify")
    assert 3 == desk.run()["done"]
    damage = {
        "cut": "substr(json, 1, length(json) - 40)",
        "bytes": "CAST(replace(CAST(json AS BLOB), 'Lisbon', X'4CFF') AS BLOB)",
        "shape": "'[]'",
    }[request.param]
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection, connection:
        connection.execute(
            f"UPDATE record SET json = {damage} WHERE id = "
            "(SELECT record FROM ledger WHERE key = 'b.txt')"
        )
    return desk


def test_verify_names_it(desk: Desk) -> None:
    """It is a finding like any other, and false; the others are still held to their sources."""
    done = desk.copydesk("verify", "chain.yaml", "--json")

    found = json.loads(done.stdout)
    assert (1, {"verified": 2, "false": 1}) == (done.returncode, found["counts"])
    assert ["b.txt"] == [finding["key"] for finding in found["findings"]]
    assert "its record is damaged: " in found["findings"][0]["finding"]


def test_report_counts_it(desk: Desk) -> None:
    """The page tells of the others, and of how many cannot be read."""
    done = desk.copydesk("report", "--store", "out.db", "--output", "report.html")

    assert (0, "2 records shown in report.html, 1 are damaged\n") == (done.returncode, done.stderr)
    page = (desk.folder / "report.html").read_text()
    assert "1 more records are damaged in the store" in page


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_export_names_it(desk: Desk, form: str) -> None:
    """An export ends with the key of the record, and leaves the file of before in its place."""
    desk.write("out.file", "before")
    words = ("export", "--store", "out.db", "--format", form)

    done = desk.copydesk(*words, "--output", "out.file")

    assert 2 == done.returncode
    assert "copydesk: out.db: b.txt: its record is damaged: " in done.stderr
    assert 1 == len(done.stderr.splitlines())
    assert "before" == (desk.folder / "out.file").read_text()
    if form == "csv":
        done = desk.copydesk(*words)
        assert (2, 2) == (done.returncode, len(done.stdout.splitlines()))
        assert 1 == len(done.stderr.splitlines())


@pytest.mark.parametrize("sides", [("out.db", "good.db"), ("good.db", "out.db")])
def test_diff_names_it(desk: Desk, sides: tuple[str, str]) -> None:
    """Of two stores that are compared, the one with the damage is named with the key."""
    desk.run("chain.yaml", "--store", "good.db")

    done = desk.copydesk("diff", *sides)

    assert (2, "") == (done.returncode, done.stdout)
    assert "out.db: b.txt: its record is damaged: " in done.stderr


def test_run_goes_on(desk: Desk) -> None:
    """A run brings the others to a new place or time, and the damaged one as it is."""
    (desk.folder / "articles" / "b.txt").rename(desk.folder / "articles" / "d.txt")
    for name in ("a", "d"):
        os.utime(desk.folder / "articles" / f"{name}.txt", (1e9, 1e9))

    summary = desk.run()

    assert (3, 1) == (summary["unchanged"], summary["moved"])
    assert "d.txt: its record is damaged" in desk.copydesk("verify", "chain.yaml").stdout

"""Whole runs into every store: killed, resumed, incremental, exported, rolled back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from attrs import frozen
from tests.postgres_server import Server

from copydesk.extra import import_extra
from copydesk.testing import Desk

PLUGIN = """
import time
from attrs import evolve, frozen
from copydesk.api import DocumentError, StepSpec, hookimpl

@frozen
class Options:
    word: str = "one"

class Sign:
    def __init__(self, options): self.word = options.word
    def process(self, document):
        time.sleep(0.003)
        if "bad" in document.text: raise DocumentError("it is bad")
        return evolve(document, text=document.text + self.word)

@hookimpl
def copydesk_steps():
    return [StepSpec("sign", Options, Sign, gives=("text",), version="1")]
"""
CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {{use: folder, options: {{path: articles}}}}
chain: [encoding.chardet, {{use: sign, options: {{word: {word}}}}}]
store: {{use: {use}, options: {{{where}}}}}
executor: {{use: local, options: {{workers: 2}}}}
"""


@frozen
class Newsroom:
    """A desk with a chain into one kind of store."""

    desk: Desk
    use: str
    place: str

    def chain(self, word: str) -> None:
        """Write the chain, which signs with a word."""
        option = "url" if "://" in self.place else "path"
        text = CHAIN.format(word=word, use=self.use, where=f'{option}: "{self.place}"')
        (self.desk.folder / "chain.yaml").write_text(text)

    def article(self, name: str, text: str) -> None:
        """Write an article."""
        (self.desk.folder / "articles" / name).write_text(text)

    def ask(self, verb: str, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a verb on the store."""
        return self.desk.copydesk(verb, *words, "--store", self.place, "--use", self.use)

    def run(self, *words: object) -> dict[str, Any]:
        """Run the chain into its own store; return the summary."""
        done = self.desk.copydesk("run", "chain.yaml", "--json", *words)
        assert done.returncode in {0, 1}, done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        states = ("done", "dropped", "quarantined", "unchanged")
        assert summary["listed"] == sum(summary[state] for state in states)
        return summary

    def texts(self) -> dict[str, str]:
        """Return the text of each record."""
        done = self.ask("export")
        assert 0 == done.returncode, done.stderr
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        return {row["source"]["uri"]: row["text"] for row in rows}


@pytest.fixture(params=["sqlite", "jsonl", "parquet", "postgres"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Newsroom:
    """Return a newsroom with sixty articles, one of them bad, before its first run."""
    place = "out/store"
    if request.param == "postgres":
        server: Server = request.getfixturevalue("server")
        place = server.create(uuid4().hex)
    room = Newsroom(Desk(tmp_path), request.param, place)
    (tmp_path / "articles").mkdir()
    (tmp_path / "plugin.py").write_text(PLUGIN)
    for number in range(60):
        room.article(f"{number:02}.txt", f"Article {number}. ")
    room.article("07.txt", "This one is bad. ")
    room.chain("one")
    return room


EXPECTED = {f"{number:02}.txt": f"Article {number}. one" for number in range(60) if number != 7}


def test_runs_after_runs(newsroom: Newsroom) -> None:
    """New, changed, moved, gone and stale items are found, and a rollback takes all of it back."""
    first = newsroom.run()
    assert (59, 1) == (first["done"], first["quarantined"])
    assert EXPECTED == newsroom.texts()
    assert "it is bad" in newsroom.ask("quarantine", "list").stdout
    assert 59 == newsroom.run()["unchanged"]

    articles = newsroom.desk.folder / "articles"
    newsroom.article("60.txt", "New. ")
    newsroom.article("01.txt", "Changed. ")
    (articles / "02.txt").rename(articles / "92.txt")
    (articles / "03.txt").unlink()
    summary = newsroom.run("--prune")
    assert (2, 1, 1) == (summary["done"], summary["moved"], summary["gone"])
    changed = {**EXPECTED, "60.txt": "New. one", "01.txt": "Changed. one"}
    changed["92.txt"] = changed.pop("02.txt")
    del changed["03.txt"]
    assert changed == newsroom.texts()

    newsroom.chain("two")
    assert 59 == newsroom.run()["done"]
    assert "two" in newsroom.texts()["92.txt"]
    assert 0 == newsroom.ask("rollback", 1).returncode
    assert EXPECTED == newsroom.texts()
    assert 2 == newsroom.ask("rollback", 9).returncode
    assert 5 == len(newsroom.ask("runs").stdout.splitlines())


@pytest.mark.parametrize("delay", [0.02, 0.12])
def test_killed_run_is_resumed(newsroom: Newsroom, delay: float) -> None:
    """After a kill -9 in the midst of a run the next one leaves every record, each once."""
    run = subprocess.Popen(
        [sys.executable, "-m", "copydesk.cli", "run", "chain.yaml"],
        cwd=newsroom.desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stderr is not None
    assert "60 to process" in run.stderr.readline()
    time.sleep(delay)
    run.send_signal(signal.SIGKILL)
    run.communicate()

    newsroom.run()

    assert EXPECTED == newsroom.texts()


def test_plan_makes_no_store(newsroom: Newsroom) -> None:
    """Planning into a store that is not there reads it as empty, and makes nothing."""
    done = newsroom.desk.copydesk("plan", "chain.yaml", "--json")

    assert 0 == done.returncode, done.stderr
    assert 60 == json.loads(done.stdout)["new"]
    assert not (newsroom.desk.folder / "out").exists()
    summary = newsroom.run("--keep-runs", 1)
    assert 59 == summary["done"]


def read_parquet(path: Path) -> dict[str, str]:
    """Return the texts of an export in Parquet."""
    parquet = import_extra("pyarrow.parquet", "parquet")
    return {row["source"]["uri"]: row["text"] for row in parquet.read_table(path).to_pylist()}


def read_csv(path: Path) -> dict[str, str]:
    """Return the texts of an export in CSV."""
    import csv

    with path.open(newline="", encoding="utf-8") as file:
        return {row["uri"]: row["text"] for row in csv.DictReader(file)}


def test_exports(newsroom: Newsroom) -> None:
    """Every store is written as JSON Lines, CSV and Parquet."""
    newsroom.run()
    readers: dict[str, Callable[[Path], dict[str, str]]]
    readers = {"csv": read_csv, "parquet": read_parquet}
    for form, read in readers.items():
        done = newsroom.ask("export", "--format", form, "--output", f"out.{form}")
        assert 0 == done.returncode, done.stderr
        assert f"59 records written to out.{form}" in done.stderr
        assert EXPECTED == read(newsroom.desk.folder / f"out.{form}")
    nowhere = newsroom.ask("export", "--format", "parquet")
    assert 2 == nowhere.returncode
    assert "add --output FILE" in nowhere.stderr

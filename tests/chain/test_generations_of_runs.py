"""Going back to earlier runs, joining stores and clearing the cache, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.testing import Desk

PLUGIN = """
from attrs import evolve, frozen
from copydesk.api import StepSpec, hookimpl

@frozen
class Options:
    word: str

class Sign:
    def __init__(self, options): self.word = options.word
    def process(self, document): return evolve(document, text=document.text + self.word)

@hookimpl
def copydesk_steps():
    return [StepSpec("sign", Options, Sign, gives=("text",), version="1")]
"""
CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet, {use: sign, options: {word: WORD}}]
store: {use: sqlite, options: {path: out.db}}
executor: {use: local, options: {workers: 1}}
"""


class Signing(Desk):
    """A desk with a chain that signs articles."""

    def sign(self, word: str) -> None:
        """Choose the word that the chain signs with."""
        (self.folder / "chain.yaml").write_text(CHAIN.replace("WORD", word))

    def texts(self, store: str = "out.db") -> dict[str, str]:
        """Return the text of each record."""
        return {uri: record["text"] for uri, record in self.records(store).items()}

    def plan(self) -> dict[str, Any]:
        """Return what a run would do."""
        plan: dict[str, Any] = json.loads(self.copydesk("plan", "chain.yaml", "--json").stdout)
        return plan


@pytest.fixture
def desk(tmp_path: Path) -> Signing:
    """Return a desk after two runs; before the second the chain and an article have changed."""
    desk = Signing(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "plugin.py").write_text(PLUGIN)
    desk.write("articles/a.txt", "First. ")
    desk.write("articles/b.txt", "Second. ")
    desk.sign("one")
    desk.run("chain.yaml")
    desk.sign("two")
    desk.write("articles/a.txt", "First, changed. ")
    desk.write("articles/c.txt", "Third. ")
    desk.run("chain.yaml")
    return desk


def test_rollback(desk: Signing) -> None:
    """The records of the first run are current again, and the plan says what that made stale."""
    done = desk.copydesk("rollback", 1, "--store", "out.db", "--json")

    assert 0 == done.returncode
    assert {"run": 3, "back_to": 1, "restored": 2, "withdrawn": 1} == json.loads(done.stdout)
    assert {"a.txt": "First. one", "b.txt": "Second. one"} == desk.texts()
    plan = desk.plan()
    assert (1, 1, 1) == (plan["new"], plan["changed"], plan["stale"])
    (because,) = plan["stale_because"]
    assert "option word of sign changed: 'one' -> 'two'" == because["reason"]
    listed = desk.copydesk("runs", "--store", "out.db").stdout.splitlines()
    assert "back to run 1, restored 2, withdrawn 1" in listed[0]

    assert 3 == desk.run("chain.yaml")["done"]
    assert "First, changed. two" == desk.texts()["a.txt"]


def test_rollback_to_nothing_is_refused(desk: Signing) -> None:
    """A run that never was, or was pruned, is refused with those there are; nothing changes."""
    never = desk.copydesk("rollback", 7, "--store", "out.db")
    desk.run("chain.yaml", "--keep-runs", 2)
    pruned = desk.copydesk("rollback", 1, "--store", "out.db")

    assert 2 == never.returncode
    assert "there is no run 7; runs to go back to: 1, 2" in never.stderr
    assert 2 == pruned.returncode
    assert "run 1 was pruned, and its records with it; runs to go back to: 2, 3" in pruned.stderr
    listed = desk.copydesk("runs", "--store", "out.db").stdout.splitlines()
    assert 3 == len(listed)
    assert listed[2].endswith("pruned")


def test_store_option_prunes(desk: Signing) -> None:
    """The store's own option prunes at the end of each run."""
    path = desk.folder / "chain.yaml"
    path.write_text(path.read_text().replace("path: out.db", "path: out.db, keep_runs: 1"))
    desk.run("chain.yaml")

    runs = json.loads(desk.copydesk("runs", "--store", "out.db", "--json").stdout)

    assert [True, False, False] == [run["kept"] for run in runs]
    assert 3 == len(desk.texts())


def test_shards_are_merged(desk: Signing) -> None:
    """Stores of all shards make one that equals the store of a whole run, and goes on from it."""
    parts = []
    for number in (1, 2, 3):
        parts.append(f"part{number}.db")
        desk.run("chain.yaml", "--store", parts[-1], "--shard", f"{number}/3")
    for _ in range(2):
        done = desk.copydesk("merge", "whole.db", *parts)
        assert 0 == done.returncode, done.stderr

    assert desk.texts() == desk.texts("whole.db")
    assert "part1.db: 0 items joined" in done.stderr
    assert 3 == desk.run("chain.yaml", "--store", "whole.db")["unchanged"]


def test_merging_tells_what_was_in_both(desk: Signing) -> None:
    """An item that two stores have is named, and whose version stayed."""
    desk.run("chain.yaml", "--store", "other.db")
    first = desk.copydesk("merge", "whole.db", "out.db")
    both = desk.copydesk("merge", "whole.db", "other.db")
    missing = desk.copydesk("merge", "whole.db", "nothing.db")

    assert "both" not in first.stderr
    assert "3 items were in both; the newest stayed:" in both.stderr
    assert "a.txt: " in both.stderr
    assert 2 == missing.returncode
    assert "nothing.db: there is no store here" in missing.stderr


def test_cache_is_shown_and_cleared(desk: Signing) -> None:
    """The kept results of steps are counted; after clearing there are none, and records stay."""
    slow = "import time; time.sleep(0.002); return"
    (desk.folder / "plugin.py").write_text(PLUGIN.replace("return evolve", f"{slow} evolve"))
    desk.sign("three")
    desk.run("chain.yaml")
    before = json.loads(desk.copydesk("cache", "--store", "out.db", "--json").stdout)
    cleared = desk.copydesk("cache", "--store", "out.db", "--clear")
    after = json.loads(desk.copydesk("cache", "--store", "out.db", "--json").stdout)

    assert before["results"] > 0
    assert before["bytes"] > 0
    assert cleared.stdout.startswith(f"cleared: {before['results']} results")
    assert {"results": 0, "bytes": 0, "cleared": False} == after
    assert 3 == len(desk.texts())

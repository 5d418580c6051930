"""Runs after the first: what is new, changed, moved, gone or stale, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from copydesk.testing import Desk

PLUGIN = """
import time
from attrs import evolve, frozen
from copydesk.api import DocumentError, Entity, StepSpec, hookimpl

@frozen
class Options:
    word: str = "one"

class Slow:
    def __init__(self, options): self.word = options.word
    def process(self, document):
        with open("calls.txt", "a") as calls: calls.write(f"{{self.word}} {{document.item.uri}}\\n")
        time.sleep(0.002)
        if "bad" in document.text: raise {error}
        return evolve(document, text=document.text + self.word)

@hookimpl
def copydesk_steps():
    return [
        StepSpec("x.first", Options, Slow, gives=("text",), version="{version}"),
        StepSpec("x.second", Options, Slow, gives=("text",), version="1"),
    ]
"""
CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain:
  - encoding.chardet
  - {use: x.first, options: {word: FIRST}}
  - {use: x.second, options: {word: SECOND}}
store: {use: sqlite, options: {path: out.db}}
"""


class Newsroom(Desk):
    """A desk with a chain of two slow steps and some articles."""

    def plugin(self, version: str = "1", error: str = "ValueError('it is bad')") -> None:
        """Write the plugin file."""
        code = PLUGIN.format(version=version, error=error)
        (self.folder / "plugin.py").write_text(code)

    def chain(self, old: str = "", new: str = "") -> None:
        """Write the chain, with one word of it replaced."""
        (self.folder / "chain.yaml").write_text(CHAIN.replace(old, new) if old else CHAIN)

    def article(self, name: str, text: str) -> Path:
        """Write an article."""
        path = self.folder / "articles" / name
        path.write_text(text)
        return path

    def plan(self) -> dict[str, Any]:
        """Return what a run would do."""
        done = self.copydesk("plan", "chain.yaml", "--json", "--list")
        assert 0 == done.returncode, done.stderr
        plan: dict[str, Any] = json.loads(done.stdout)
        return plan

    def calls(self) -> list[str]:
        """Return the calls of steps since the last time, sorted."""
        path = self.folder / "calls.txt"
        calls = sorted(path.read_text().splitlines()) if path.exists() else []
        path.write_text("")
        return calls


@pytest.fixture
def desk(tmp_path: Path) -> Newsroom:
    """Return a newsroom after a first run over three articles."""
    desk = Newsroom(tmp_path)
    (tmp_path / "articles").mkdir()
    for name in "abc":
        desk.article(f"{name}.txt", f"Article {name} is here. ")
    desk.plugin()
    desk.chain()
    desk.run("chain.yaml")
    desk.calls()
    return desk


def test_nothing_new_is_nothing_done(desk: Newsroom) -> None:
    """A second run calls no step."""
    summary = desk.run("chain.yaml")

    assert (0, 3) == (summary["done"], summary["unchanged"])
    assert [] == desk.calls()


def test_new_and_changed_items_are_processed(desk: Newsroom) -> None:
    """One new and one changed file are picked up, and only they."""
    desk.article("d.txt", "A new article. ")
    desk.article("b.txt", "Article b has been changed. ")
    plan = desk.plan()

    summary = desk.run("chain.yaml")

    assert (1, 1, 2) == (plan["new"], plan["changed"], plan["unchanged"])
    assert (2, 2) == (summary["done"], summary["unchanged"])
    assert {"b.txt", "d.txt"} == {call.split()[1] for call in desk.calls()}
    assert desk.records()["b.txt"]["text"].startswith("Article b has been changed.")


def test_touched_item_is_read_once(desk: Newsroom) -> None:
    """A new time with the same content calls no step; the record follows, and that is all."""
    before = desk.records()
    os.utime(desk.folder / "articles" / "a.txt", (1, 1))

    summary = desk.run("chain.yaml")
    after = desk.records()
    desk.run("chain.yaml")

    assert (0, 3) == (summary["done"], summary["unchanged"])
    assert [] == desk.calls()
    assert "1970-01-01T00:00:01+00:00" == after["a.txt"]["source"].pop("modified")
    assert before["a.txt"]["source"].pop("modified") > "2020"
    assert before == after == {**desk.records(), "a.txt": after["a.txt"]}
    assert {"a.txt": 2, "b.txt": 1, "c.txt": 1} == written_by(desk)


def written_by(desk: Newsroom) -> dict[str, int]:
    """Return the number of the run that wrote each current row of the ledger."""
    with closing(sqlite3.connect(desk.folder / "out.db")) as connection:
        return dict(connection.execute("SELECT key, run FROM ledger WHERE current"))


def test_change_that_keeps_size_and_time_needs_rehash(desk: Newsroom) -> None:
    """A change that hides behind the same size and time is found with --rehash."""
    path = desk.folder / "articles" / "a.txt"
    stamp = path.stat()
    path.write_text("Article A IS HERE. ")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert 0 == desk.run("chain.yaml")["done"]
    assert 1 == desk.run("chain.yaml", "--rehash")["done"]


def test_moved_item_takes_its_record_along(desk: Newsroom) -> None:
    """A renamed file keeps its record under the new name; no step is called."""
    before = desk.records()["a.txt"]
    (desk.folder / "articles" / "a.txt").rename(desk.folder / "articles" / "z.txt")
    plan = desk.plan()

    summary = desk.run("chain.yaml")
    after = desk.records()

    assert (1, 0) == (plan["moved"], plan["new"])
    assert (0, 3, 1) == (summary["done"], summary["unchanged"], summary["moved"])
    assert [] == desk.calls()
    assert ["b.txt", "c.txt", "z.txt"] == sorted(after)
    assert before["text"] == after["z.txt"]["text"]
    assert before["id"] != after["z.txt"]["id"]


def test_gone_item_is_kept_until_pruned(desk: Newsroom) -> None:
    """A file that is gone is marked and keeps its record; --prune takes it out."""
    (desk.folder / "articles" / "a.txt").unlink()

    assert 1 == desk.run("chain.yaml")["gone"]
    assert "a.txt" in desk.records()
    desk.article("a.txt", "Article a is back. ")
    assert 1 == desk.run("chain.yaml")["done"]
    (desk.folder / "articles" / "a.txt").unlink()
    assert 1 == desk.run("chain.yaml", "--prune")["gone"]
    assert "a.txt" not in desk.records()


def test_records_kept_of_gone_items_are_pruned_later(desk: Newsroom) -> None:
    """A file that was gone in an earlier run, and kept, is taken out when a later run prunes."""
    (desk.folder / "articles" / "a.txt").unlink()
    assert 1 == desk.run("chain.yaml")["gone"]
    assert 0 == desk.run("chain.yaml")["gone"]
    assert "a.txt" in desk.records()

    assert 0 == desk.run("chain.yaml", "--prune")["gone"]

    assert ["b.txt", "c.txt"] == sorted(desk.records())


def test_another_source_is_not_pruned_into_a_store(desk: Newsroom) -> None:
    """With --prune over another folder than the last run's nothing is done, and that is told."""
    other = desk.folder / "other"
    other.mkdir()
    (other / "z.txt").write_text("Article z is here. ")

    refused = desk.copydesk("run", "chain.yaml", "other", "--prune")

    assert 2 == refused.returncode
    assert f"--prune: the last run of this store was over {desk.folder}/articles" in refused.stderr
    assert ["a.txt", "b.txt", "c.txt"] == sorted(desk.records())
    assert [] == desk.calls()
    assert 3 == desk.run("chain.yaml", "other")["gone"]
    assert 0 == desk.run("chain.yaml", "other", "--prune")["gone"]
    assert ["z.txt"] == list(desk.records())


def test_same_name_size_and_time_elsewhere_are_not_trusted(desk: Newsroom) -> None:
    """Over another folder than the last run's every file is read, even if it seems the same."""
    other = desk.folder / "other"
    shutil.copytree(desk.folder / "articles", other)
    stamp = (other / "a.txt").stat()
    (other / "a.txt").write_text("ARTICLE A IS HERE. ")
    os.utime(other / "a.txt", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    summary = desk.run("chain.yaml", "other")

    assert (1, 2) == (summary["done"], summary["unchanged"])
    assert desk.records()["a.txt"]["text"].startswith("ARTICLE A")


def make_twins(desk: Newsroom) -> None:
    """Add a folder whose files have the names, sizes and times of the articles, and other texts."""
    other = desk.folder / "other"
    other.mkdir()
    for path in sorted((desk.folder / "articles").iterdir()):
        (other / path.name).write_text(path.read_text().upper())
        for each in (path, other / path.name):
            os.utime(each, (1, 1))


@pytest.mark.parametrize(
    "part",
    [
        [["--limit", "1"]],
        [["--shard", "1/3"], ["--shard", "2/3"]],
        [[]],  # which stops at the last article
    ],
)
@pytest.mark.parametrize("place", ["articles", "other"])
def test_twins_of_another_source_are_never_taken_for_it(
    desk: Newsroom, part: list[list[str]], place: str
) -> None:
    """After a part of a run over other files of the same stamps, each record is of its source."""
    make_twins(desk)
    plugin, mark = desk.folder / "plugin.py", desk.folder / "stop"
    plugin.write_text(plugin.read_text().replace('"bad" in', '"C IS" in').replace(
        "if ", 'if __import__("os").path.exists("stop") and '
    ))  # fmt: skip
    desk.chain("options: {word: SECOND}", "options: {word: SECOND}, on_error: stop")
    desk.run("chain.yaml")
    mark.touch()
    for words in part:
        desk.copydesk("run", "chain.yaml", "other", "--workers", 1, *words)
    mark.unlink()

    desk.run("chain.yaml", place)

    texts = {uri: record["text"][:9] for uri, record in desk.records().items()}
    expected = {f"{name}.txt": f"Article {name}" for name in "abc"}
    if place == "other":
        expected = {name: text.upper() for name, text in expected.items()}
    assert {"a.txt", "b.txt"} <= texts.keys()  # c.txt may wait, as it stopped the run
    assert texts == {name: expected[name] for name in texts}


def test_record_is_taken_over_by_another_source_once(desk: Newsroom) -> None:
    """Equal files in another folder are read in the first run over it, and trusted in the next."""
    shutil.copytree(desk.folder / "articles", desk.folder / "other")
    before = desk.records()

    assert 3 == desk.run("chain.yaml", "other")["unchanged"]
    assert {"a.txt": 2, "b.txt": 2, "c.txt": 2} == written_by(desk)
    assert 3 == desk.run("chain.yaml", "other")["unchanged"]
    assert {"a.txt": 2, "b.txt": 2, "c.txt": 2} == written_by(desk)
    assert before == desk.records()


def test_retry_over_another_source_is_refused(desk: Newsroom) -> None:
    """What waits is not called gone because another source does not list it."""
    (desk.folder / "other").mkdir()
    (desk.folder / "other" / "d.txt").write_text("This is bad.")
    desk.copydesk("run", "chain.yaml", "other")

    refused = desk.copydesk("retry", "chain.yaml")

    assert 2 == refused.returncode
    assert "retry: 'd.txt' came into quarantine in a run over" in refused.stderr
    again = json.loads(desk.copydesk("run", "chain.yaml", "other", "--json").stdout)
    assert 1 == again["quarantined"]


def test_retry_goes_on_where_the_folder_has_moved(desk: Newsroom) -> None:
    """What waits can be tried again in a folder of another name, which lists it too."""
    desk.article("d.txt", "This is bad.")
    desk.copydesk("run", "chain.yaml")
    (desk.folder / "articles").rename(desk.folder / "moved")
    desk.copydesk("run", "chain.yaml", "moved")
    path = desk.folder / "plugin.py"
    path.write_text(path.read_text().replace('"bad" in', '"BAD" in'))

    done = desk.copydesk("retry", "chain.yaml", "moved", "--json")

    assert (0, 1) == (done.returncode, json.loads(done.stdout)["done"])
    assert ["a.txt", "b.txt", "c.txt", "d.txt"] == sorted(desk.records())


def test_record_does_not_follow_where_a_step_reads_items(desk: Newsroom) -> None:
    """A step that needs `item` is called again when the item has another place or time."""
    path = desk.folder / "plugin.py"
    path.write_text(path.read_text().replace("gives=", 'needs=("item",), gives=', 1))
    desk.run("chain.yaml")
    desk.calls()
    (desk.folder / "articles" / "a.txt").rename(desk.folder / "articles" / "z.txt")
    os.utime(desk.folder / "articles" / "b.txt", (1, 1))

    summary = desk.run("chain.yaml")

    assert (2, 1, 0, 1) == tuple(
        summary[name] for name in ("done", "unchanged", "moved", "replaced")
    )
    assert {"b.txt", "z.txt"} == {call.split()[1] for call in desk.calls()}
    assert ["b.txt", "c.txt", "z.txt"] == sorted(desk.records())


def test_what_is_taken_out_is_told(desk: Newsroom) -> None:
    """Records of items that were gone before are announced, and bounded, like all others."""
    for name in ("a.txt", "b.txt"):
        (desk.folder / "articles" / name).unlink()
    desk.run("chain.yaml")

    plan = desk.plan()
    refused = desk.copydesk("run", "chain.yaml", "--prune", "--max-change", "50%")
    summary = desk.run("chain.yaml", "--prune", "--max-change", "70%")

    assert (0, 2) == (plan["gone"], plan["lapsed"])
    assert {"key": "a.txt", "verdict": "lapsed"} in plan["items"]
    assert 2 == refused.returncode
    assert "would rebuild or take out 2 of 3 records (66.7%)" in refused.stderr
    assert (0, 2) == (summary["gone"], summary["lapsed"])
    assert ["c.txt"] == sorted(desk.records())


def test_change_of_the_last_step_reruns_only_it(desk: Newsroom) -> None:
    """An option of the last step makes records stale; the steps before are not called again."""
    desk.chain("SECOND", "OTHER")
    plan = desk.plan()

    summary = desk.run("chain.yaml")

    assert 3 == plan["stale"]
    (because,) = plan["stale_because"]
    assert "option word of x.second changed: 'SECOND' -> 'OTHER'" == because["reason"]
    assert 3 == summary["done"]
    assert ["OTHER a.txt", "OTHER b.txt", "OTHER c.txt"] == desk.calls()
    assert "Article a is here. FIRSTOTHER" == desk.records()["a.txt"]["text"]


def test_damaged_results_are_made_anew(desk: Newsroom) -> None:
    """Kept results that something has spoilt cost their time, never a document, and are mended."""
    desk.run()
    with closing(sqlite3.connect(desk.folder / "out.db")) as connection, connection:
        connection.execute("UPDATE result SET data = x'00112233'")
    desk.chain("SECOND", "OTHER")
    count = len(list((desk.folder / "articles").iterdir()))
    desk.calls()

    assert (count, 0) == tuple(desk.run()[name] for name in ("done", "quarantined"))
    with closing(sqlite3.connect(desk.folder / "out.db")) as connection:
        found = connection.execute("SELECT count(*) FROM result WHERE data = x'00112233'")
        keys = connection.execute("SELECT count(*) FROM result")
        assert found.fetchone()[0] < keys.fetchone()[0]
    desk.chain("SECOND", "THIRD")
    desk.calls()

    assert (count, 0) == tuple(desk.run()[name] for name in ("done", "quarantined"))
    assert {"THIRD"} == {call.partition(" ")[0] for call in desk.calls()}


def test_results_are_not_used_without_the_cache(desk: Newsroom) -> None:
    """With --no-cache every step is called."""
    desk.chain("SECOND", "OTHER")

    desk.run("chain.yaml", "--no-cache")

    assert 6 == len(desk.calls())


def test_results_are_right_under_many_workers(desk: Newsroom) -> None:
    """Kept results belong to contents: with many workers each record is that of its own file."""
    for number in range(60):
        desk.article(f"{number:02}.txt", f"Article number {number}. ")
    desk.run("chain.yaml", "--workers", 4)
    desk.chain("SECOND", "OTHER")
    desk.calls()

    desk.run("chain.yaml", "--workers", 4)

    assert {"OTHER"} == {call.split()[0] for call in desk.calls()}
    records = desk.records()
    for number in range(60):
        assert f"Article number {number}. FIRSTOTHER" == records[f"{number:02}.txt"]["text"]


def test_new_version_of_a_plugin_is_told(desk: Newsroom) -> None:
    """A new version of a step makes records stale, and the plan says which."""
    desk.plugin(version="2")

    (because,) = desk.plan()["stale_because"]

    assert {"reason": "x.first 1 -> 2", "count": 3} == because


def test_plan_writes_nothing(desk: Newsroom) -> None:
    """Planning a run into a new store does not make the store."""
    done = desk.copydesk("plan", "chain.yaml", "--store", "other.db")

    assert 0 == done.returncode
    assert "3 listed, 3 to process" in done.stdout
    assert not (desk.folder / "other.db").exists()


def test_retry_after_a_fix(desk: Newsroom) -> None:
    """A document in quarantine is shown with its traceback, and leaves after the fix."""
    desk.article("d.txt", "This one is bad. ")
    assert 1 == desk.run("chain.yaml")["quarantined"]
    shown = desk.copydesk("quarantine", "show", "d.txt", "--store", "out.db")
    listed = desk.copydesk("quarantine", "list", "--store", "out.db")
    assert "ValueError: it is bad" in listed.stdout
    assert "Traceback (most recent call last)" in shown.stdout
    assert "copydesk retry chain.yaml" in shown.stdout

    again = desk.run("chain.yaml")
    assert (0, 1, 1) == (again["done"], again["quarantined"], again["waiting"])
    still = desk.copydesk("retry", "chain.yaml", "--json")
    assert 1 == json.loads(still.stdout)["quarantined"]
    (desk.folder / "plugin.py").write_text(PLUGIN.format(version="1", error="ValueError") + "\n#")
    (desk.folder / "plugin.py").write_text(
        (desk.folder / "plugin.py").read_text().replace('if "bad"', 'if "worst"')
    )
    fixed = desk.copydesk("retry", "chain.yaml", "--error", "it is bad", "--json")

    assert 0 == fixed.returncode
    assert 1 == json.loads(fixed.stdout)["done"]
    assert desk.records()["d.txt"]["text"].endswith("FIRSTSECOND")


@pytest.mark.parametrize(
    ("words", "told", "counted"),
    [
        (("run",), "5 listed, 2 to process", 5),
        (("run", "--limit", "1"), "4 listed of 5 looked at, 1 to process", 4),
        (("retry",), "2 listed of 6 looked at, 1 to process", 2),
    ],
)
def test_first_and_last_line_agree(
    desk: Newsroom, words: tuple[str, ...], told: str, counted: int
) -> None:
    """What a run says is listed is what its sum is of; what it only looked at is told apart."""
    desk.article("d.txt", "This one is bad. ")
    desk.article("e.txt", "This one is good. ")
    if words == ("retry",):
        (desk.folder / "articles" / "empty.txt.gz").symlink_to("nowhere")
        desk.run("chain.yaml")

    done = desk.copydesk(words[0], "chain.yaml", "--store", "out.db", *words[1:])

    assert f"chain.yaml: {told}\n" in done.stderr
    assert f"= {counted} listed\n" in done.stderr


def test_retry_chooses_by_step_and_error(desk: Newsroom) -> None:
    """Only what the named step or error put in quarantine is tried again."""
    desk.article("d.txt", "This one is bad. ")
    desk.article("e.txt", "")
    assert 2 == desk.run("chain.yaml")["quarantined"]

    by_step = json.loads(desk.copydesk("retry", "chain.yaml", "--step", "first", "--json").stdout)
    by_error = json.loads(desk.copydesk("retry", "chain.yaml", "--error", "empty", "--json").stdout)

    assert ["first"] == [row["step"] for row in by_step["reasons"]]
    assert ["chardet"] == [row["step"] for row in by_error["reasons"]]


def test_shards_together_are_the_whole(desk: Newsroom) -> None:
    """Runs of all parts into one store process every item once."""
    listed = [
        desk.run("chain.yaml", "--store", "parts.db", "--shard", f"{part}/3")["done"]
        for part in (1, 2, 3)
    ]

    assert 3 == sum(listed)
    assert 3 == len(desk.records("parts.db"))


def test_runs_are_listed(desk: Newsroom) -> None:
    """The store remembers each run with its chain and what it came to."""
    desk.run("chain.yaml")

    done = desk.copydesk("runs", "--store", "out.db", "--json")

    runs = json.loads(done.stdout)
    assert [2, 1] == [run["number"] for run in runs]
    assert 3 == runs[1]["counts"]["done"]
    assert ["chardet", "first", "second"] == [step["label"] for step in runs[0]["steps"]]

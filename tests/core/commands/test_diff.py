"""The verb `diff`, and the limit of `run` that leads to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.testing import Desk

PLUGIN = """
import os, time
from attrs import evolve, frozen
from copydesk.api import Drop, Entity, Language, NoOptions, StepSpec, hookimpl

@frozen
class Options:
    code: str = "no"

class Guess:
    def __init__(self, options): self.code = options.code
    def process(self, document):
        with open("calls.txt", "a") as calls: calls.write("guess\\n")
        time.sleep(0.002)
        code = self.code if "rain" in document.text else "en"
        return evolve(document, language=Language(code))

class Slow:
    def __init__(self, options): pass
    def process(self, document):
        with open("calls.txt", "a") as calls: calls.write("slow\\n")
        time.sleep(0.002)
        return document.with_extra("slow", done=True)

class Strict:
    def __init__(self, options): pass
    def process(self, document):
        if "bad" in document.text: raise ValueError("bad")
        if "die" in document.text: os.kill(os.getpid(), 9)
        if "hang" in document.text: time.sleep(60)
        return document

@hookimpl
def copydesk_steps():
    return [
        StepSpec("x.slow", NoOptions, Slow, gives=("extra",)),
        StepSpec("x.guess", Options, Guess, gives=("language",)),
        StepSpec("x.strict", NoOptions, Strict),
    ]
"""
CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet, x.slow, {use: x.guess, options: {code: CODE}}]
store: {use: sqlite, options: {path: out.db}}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with two chains over eight articles, of which four are about rain."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(8):
        words = "rain" if number < 4 else "sun"
        (folder / f"{number}.txt").write_text(f"All about {words}, part {number}.")
    (tmp_path / "plugin.py").write_text(PLUGIN)
    (tmp_path / "a.yaml").write_text(CHAIN.replace("CODE", "no"))
    (tmp_path / "b.yaml").write_text(CHAIN.replace("CODE", "da"))
    return Desk(tmp_path)


def diff(desk: Desk, *words: object, code: int = 1) -> dict[str, Any]:
    """Return the differences as data."""
    done = desk.copydesk("diff", *words, "--json", "--list")
    assert code == done.returncode, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def calls(desk: Desk) -> list[str]:
    """Return the calls of steps since the last time."""
    path = desk.folder / "calls.txt"
    found = path.read_text().split() if path.exists() else []
    path.write_text("")
    return found


def test_two_chains(desk: Desk) -> None:
    """Two chains over one source are compared field by field; what they share is done once."""
    found = diff(desk, "a.yaml", "b.yaml")

    (code,) = found["fields"]
    assert (8, 4) == (found["compared"], found["differ"])
    assert ("guess", "language.code", 4) == (code["step"], code["field"], code["count"])
    assert [{"before": "no", "after": "da", "count": 4}] == code["values"]
    assert [f"{number}.txt" for number in range(4)] == [d["key"] for d in found["documents"]]
    done = calls(desk)
    assert (8, 16) == (done.count("slow"), done.count("guess"))


def test_words_for_people(desk: Desk) -> None:
    """A person reads how many differ, where and how, with examples."""
    done = desk.copydesk("diff", "a.yaml", "b.yaml", "--workers", 1)

    assert [
        "8 compared, 4 differ (50 %)",
        "guess  language.code  4 of 8 change, 4 of them no -> da",
        "    0.txt: 'no' -> 'da'",
        "    1.txt: 'no' -> 'da'",
    ] == done.stdout.splitlines()


def test_equal_chains_have_no_differences(desk: Desk) -> None:
    """The same chain twice is the same, and the exit code says so."""
    found = diff(desk, "a.yaml", "a.yaml", code=0)

    assert (8, 0, []) == (found["compared"], found["differ"], found["fields"])


def test_two_stores(desk: Desk) -> None:
    """Records of two stores are compared, and what only one of them has."""
    desk.run("a.yaml", "--store", "a.db")
    (desk.folder / "articles" / "7.txt").unlink()
    (desk.folder / "articles" / "8.txt").write_text("New rain.")
    desk.run("b.yaml", "--store", "b.db")

    found = diff(desk, "a.db", "b.db")
    fields = {line["field"]: line for line in found["fields"]}
    assert (9, 6) == (found["compared"], found["differ"])
    assert 4 == fields["language.code"]["count"]
    assert {("done", "absent"), ("absent", "done")} == {
        (v["before"], v["after"]) for v in fields["outcome"]["values"]
    }


def test_store_against_chain(desk: Desk) -> None:
    """Before a run, a chain is compared with what the store holds; nothing is written."""
    desk.run("a.yaml")
    calls(desk)
    (desk.folder / "articles" / "1.txt").write_text("No more of that.")
    (desk.folder / "articles" / "8.txt").write_text("New rain.")

    found = diff(desk, "out.db", "b.yaml")
    fields = {line["field"]: line for line in found["fields"]}
    assert [{"before": "no", "after": "da", "count": 3}, {"before": "no", "after": "en", "count": 1}
            ] == fields["language.code"]["values"]  # fmt: skip
    assert 1 == fields["text"]["count"]
    assert {
        "changed in the source, which may be why they differ": 1,
        "not compared: new in the source": 1,
    } == found["remarks"]
    assert 1 == calls(desk).count("slow")  # the others are in the cache of the store
    assert 8 == len(desk.records())
    assert 1 == len(json.loads(desk.copydesk("runs", "--store", "out.db", "--json").stdout))

    other_way = {line["field"]: line for line in diff(desk, "b.yaml", "out.db")["fields"]}
    assert "da" == other_way["language.code"]["values"][0]["before"]


def test_what_is_up_to_date_is_not_processed(desk: Desk) -> None:
    """A chain against the store that it filled calls no step."""
    desk.run("a.yaml")
    calls(desk)

    found = diff(desk, "out.db", "a.yaml", code=0)
    assert (8, {"up to date, so not processed": 8}) == (found["compared"], found["remarks"])
    assert [] == calls(desk)


def test_document_that_fails_on_one_side(desk: Desk) -> None:
    """A document that the other chain quarantines differs in its outcome."""
    (desk.folder / "articles" / "9.txt").write_text("a bad one")
    strict = CHAIN.replace("CODE", "no").replace("x.slow", "x.strict")
    (desk.folder / "c.yaml").write_text(strict)

    fields = {line["field"]: line for line in diff(desk, "a.yaml", "c.yaml")["fields"]}
    assert [{"before": "done", "after": "quarantined", "count": 1}] == fields["outcome"]["values"]
    (example,) = fields["outcome"]["examples"]
    assert "quarantined by strict: ValueError: bad" == example["after"]


def test_document_that_kills_its_worker(desk: Desk) -> None:
    """A document on which a worker dies is not compared, and the step is named; others are."""
    (desk.folder / "articles" / "9.txt").write_text("to die")
    (desk.folder / "c.yaml").write_text(CHAIN.replace("CODE", "no").replace("x.slow", "x.strict"))

    found = diff(desk, "a.yaml", "c.yaml")
    assert 8 == found["compared"]
    (remark,) = found["remarks"]
    assert remark.startswith("not compared: B: strict: ")


def test_document_that_takes_too_long(desk: Desk) -> None:
    """Each chain holds a document to its own seconds; what takes longer is not compared."""
    (desk.folder / "articles" / "9.txt").write_text("to hang")
    strict = CHAIN.replace("CODE", "no").replace("x.slow", "x.strict")
    (desk.folder / "c.yaml").write_text(f"{strict}timeout_seconds: 1\n")

    found = diff(desk, "a.yaml", "c.yaml")
    (remark,) = found["remarks"]
    assert 8 == found["compared"]
    assert remark.startswith("not compared: B: strict: ")


def test_limit(desk: Desk) -> None:
    """No more documents are compared than asked for."""
    desk.run("a.yaml")

    assert 3 == diff(desk, "a.yaml", "b.yaml", "--limit", 3)["compared"]
    assert 3 == diff(desk, "out.db", "b.yaml", "--limit", 3)["compared"]
    assert 3 == diff(desk, "out.db", "out.db", "--limit", 3, code=0)["compared"]


def test_mistakes(desk: Desk) -> None:
    """A side that is not there is told before anything is done."""
    done = desk.copydesk("diff", "a.yaml", "none.db")

    assert (2, "copydesk: none.db: there is no store here; `copydesk run` makes one\n") == (
        done.returncode, done.stderr,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--profile", "quick"], "--profile"),
        (["--set", "timeout_seconds=3"], "--set"),
        (["--locked"], "--locked"),
        (["--workers", 1], "--workers"),
        (["articles"], "SOURCE_PATH 'articles'"),
    ],
)
def test_what_stores_cannot_heed_is_refused(desk: Desk, words: list[object], named: str) -> None:
    """What can only be changed in a chain is not passed over where two stores are compared."""
    done = desk.copydesk("diff", "a.db", "b.db", *words)

    assert 2 == done.returncode
    assert done.stderr.startswith(f"copydesk: {named} is for chains (.yaml), and 'a.db' and 'b.db'")


def test_max_change_refuses(desk: Desk) -> None:
    """A run that would rebuild more than the share is refused, with why and what to look at."""
    desk.run("a.yaml")
    calls(desk)

    done = desk.copydesk("run", "b.yaml", "--max-change", "5%")
    assert 2 == done.returncode
    assert (
        "copydesk: the run would rebuild 8 of 8 records (100.0%), more than --max-change 5.0%: "
        "8 stale because of option code of x.guess changed: 'no' -> 'da' (8); "
        "`copydesk diff out.db b.yaml articles` shows what would differ, "
        "and the run goes on without --max-change\n"
    ) == done.stderr
    assert [] == calls(desk)
    assert {"no", "en"} == {row["language"]["code"] for row in desk.records().values()}
    assert 1 == len(json.loads(desk.copydesk("runs", "--store", "out.db", "--json").stdout))


def test_max_change_allows(desk: Desk) -> None:
    """New documents are no change, nor is as much as the share; a first run has nothing to lose."""
    assert 8 == desk.run("a.yaml", "--max-change", "0%")["done"]
    (desk.folder / "articles" / "8.txt").write_text("New rain.")
    assert 1 == desk.run("a.yaml", "--max-change", "0")["done"]
    (desk.folder / "articles" / "8.txt").write_text("More of that.")

    assert 1 == desk.run("a.yaml", "--max-change", "0.2")["done"]


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--max-change", "5", "5 is not a share such as 5% or 0.05"),
        ("--max-change", "some%", "some% is not a share such as 5% or 0.05"),
        ("--limit", "0", "0 is not 1 or more"),
        ("--limit", "all", "all is not 1 or more"),
        ("--workers", "many", "many is not 1 or more"),
        ("--quiet", "long", "long is not a number of seconds"),
    ],
)
def test_options_that_are_no_numbers(option: str, value: str, told: str, desk: Desk) -> None:
    """What is no number, or none that will do, is told in words of what it should be."""
    wrong = desk.copydesk("run", "a.yaml", option, value)

    assert 2 == wrong.returncode
    assert wrong.stderr.endswith(f"argument {option}: {told}\n")

"""The log beside the store, as the command writes it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from copydesk.testing import Desk

CHAIN = """
copydesk: 1
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet]
store: {use: sqlite, options: {path: out.db}}
"""
# Dies when the third batch is about to begin: two are committed, and all in them has been told.
DYING = """
import os, signal
from copydesk.cli import main
from copydesk.runs import run

run._BATCH = 2
take, taken = run._Running._take, []

def take_or_die(running, outcome):
    if len(taken) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    taken.append(outcome)
    take(running, outcome)

run._Running._take = take_or_die
main(["run", "chain.yaml"])
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with two good articles, a bad one and a hidden one."""
    desk = Desk(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "chain.yaml").write_text(CHAIN)
    for name, text in {"a.txt": "One.", "ü.txt": "Two.", "bad.txt": "", ".b.txt": "x"}.items():
        (tmp_path / "articles" / name).write_text(text)
    return desk


def lines(text: str) -> list[dict[str, Any]]:
    """Return the objects that the lines hold."""
    return [json.loads(line) for line in text.splitlines()]


def log_of(desk: Desk) -> list[dict[str, Any]]:
    """Return the log of `out.db`."""
    return lines((desk.folder / "out.db.log").read_text(encoding="utf-8"))


def test_every_document_has_a_line(desk: Desk) -> None:
    """Done, dropped and quarantined documents are in the log with run, step and reason."""
    summary = desk.run("chain.yaml")

    log = {line["key"]: line for line in log_of(desk)}
    assert 4 == len(log) == summary["listed"]
    assert {1} == {line["run"] for line in log.values()}
    assert "done" == log["a.txt"]["outcome"]
    assert ["chardet"] == list(log["ü.txt"]["seconds"])
    bad = log["bad.txt"]
    assert ("quarantined", "chardet") == (bad["outcome"], bad["step"])
    assert bad["reason"].startswith("empty file")
    assert ("dropped", "") == (log[".b.txt"]["outcome"], log[".b.txt"]["step"])


def test_second_run_adds_only_what_is_new(desk: Desk) -> None:
    """What is unchanged, waits or is skipped again has no second line."""
    desk.run("chain.yaml")
    (desk.folder / "articles" / "c.txt").write_text("Three.")

    desk.run("chain.yaml")

    assert [(2, "c.txt")] == [(line["run"], line["key"]) for line in log_of(desk)[4:]]


def test_killed_run_leaves_a_line_for_what_is_committed(desk: Desk) -> None:
    """After kill -9 every document of the batches before has its line; none is held back."""
    for number in range(6):
        (desk.folder / "articles" / f"c{number}.txt").write_text(f"Number {number}.")

    command = [sys.executable, "-c", DYING]
    done = subprocess.run(command, cwd=desk.folder, capture_output=True, check=False, timeout=60)

    assert -9 == done.returncode
    finished = [line["key"] for line in log_of(desk) if line["outcome"] == "done"]
    failed = [line["key"] for line in log_of(desk) if line["outcome"] == "quarantined"]
    assert 4 == len(finished) + len(failed)
    assert set(finished) == set(desk.records())


def test_log_goes_to_stderr_instead_of_progress(desk: Desk) -> None:
    """With --json-log stderr holds the same lines, then the summary, and nothing but JSON."""
    done = desk.copydesk("run", "chain.yaml", "--json-log")

    *told, last = lines(done.stderr)
    assert (1, "") == (done.returncode, done.stdout)
    assert log_of(desk) == told
    summary = last["summary"]
    states = ("done", "dropped", "quarantined", "unchanged")
    assert summary["listed"] == 4 == sum(summary[state] for state in states)


def test_retry_writes_the_log_too(desk: Desk) -> None:
    """A document that leaves quarantine has a line for each try."""
    desk.run("chain.yaml")
    (desk.folder / "articles" / "bad.txt").write_text("Good now.")

    done = desk.copydesk("retry", "chain.yaml", "--json-log")

    (line, summary) = lines(done.stderr)
    assert (0, 1) == (done.returncode, summary["summary"]["done"])
    assert ("bad.txt", "done", 2) == (line["key"], line["outcome"], line["run"])
    assert line == log_of(desk)[-1]


def test_stderr_that_nobody_reads_does_not_stop_the_run(desk: Desk) -> None:
    """Where no one reads stderr, the documents are done and the file has their lines."""
    command = [sys.executable, "-m", "copydesk.cli", "run", "chain.yaml", "--json-log"]
    with subprocess.Popen(command, cwd=desk.folder, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        process.stderr.close()

    assert {"a.txt", "ü.txt"} == set(desk.records())
    assert 4 == len(log_of(desk))

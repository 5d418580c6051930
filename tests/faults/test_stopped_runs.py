"""A step that says to stop ends the run, however a document fails in it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.testing import Desk

PLUGIN = """
import os, time
from attrs import evolve
from copydesk.api import DocumentError, NoOptions, StepSpec, hookimpl

class Fragile:
    def __init__(self, options): pass
    def process(self, document):
        if document.item.uri == "50.txt": {deed}
        return evolve(document, text=document.text.upper())

@hookimpl
def copydesk_steps():
    return [StepSpec("fragile", NoOptions, Fragile, gives=("text",), version="1")]
"""
CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {{use: folder, options: {{path: articles}}}}
chain:
  - encoding.chardet
  - {{use: fragile, on_error: {on_error}, timeout_seconds: 1}}
store: {{use: sqlite, options: {{path: out.db}}}}
executor: {{use: local, options: {{workers: 2}}}}
"""
DEEDS = {
    "raises": ("raise DocumentError('it is bad')", "it is bad"),
    "hangs": ("time.sleep(60)", "timed out after 1 s in step fragile"),
    "interrupts": ("raise KeyboardInterrupt('me')", "KeyboardInterrupt: me"),
    "crashes": ("os.abort()", "killed by SIGABRT"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a hundred articles."""
    (tmp_path / "articles").mkdir()
    for number in range(100):
        (tmp_path / "articles" / f"{number:02}.txt").write_text(f"Article {number}.")
    return Desk(tmp_path)


def prepare(desk: Desk, deed: str, on_error: str) -> None:
    """Write plugin and chain."""
    (desk.folder / "plugin.py").write_text(PLUGIN.format(deed=deed))
    (desk.folder / "chain.yaml").write_text(CHAIN.format(on_error=on_error))


def states(desk: Desk) -> dict[str, tuple[str, str]]:
    """Return state and reason of each item in the ledger."""
    with closing(sqlite3.connect(desk.folder / "out.db")) as connection:
        rows = connection.execute("SELECT key, state, reason FROM ledger WHERE current")
        return {key: (state, reason) for key, state, reason in rows}


@pytest.mark.parametrize("deed", DEEDS)
def test_stop_ends_the_run(desk: Desk, deed: str) -> None:
    """The run ends with exit code 2, the document waits in quarantine, what was done is kept."""
    code, words = DEEDS[deed]
    prepare(desk, code, "stop")

    stopped = desk.copydesk("run", "chain.yaml", "--json")

    assert 2 == stopped.returncode
    assert "50.txt: fragile: " in stopped.stderr
    assert words in stopped.stderr
    assert "on_error of the step says to stop" in stopped.stderr
    assert "" == stopped.stdout
    found = states(desk)
    state, reason = found.pop("50.txt")
    assert "quarantined" == state
    assert words in reason
    assert {"done"} == {state for state, _ in found.values()}
    assert set(found) == set(desk.records())

    prepare(desk, "pass", "stop")
    rest = json.loads(desk.copydesk("run", "chain.yaml", "--json").stdout)
    assert (99 - len(found), 1) == (rest["done"], rest["waiting"])
    assert 1 == json.loads(desk.copydesk("retry", "chain.yaml", "--json").stdout)["done"]
    assert 100 == len(desk.records())


def test_run_goes_on_without_stop(desk: Desk) -> None:
    """Without `stop` the same death costs one document."""
    prepare(desk, "os.abort()", "quarantine")

    summary = desk.run("chain.yaml")

    assert (99, 1) == (summary["done"], summary["quarantined"])


def test_interrupt_of_explain(desk: Desk) -> None:
    """Ctrl-C while `explain` is in a step ends it, though the chain says to skip its errors."""
    prepare(desk, "print('in it', flush=True); time.sleep(60)", "skip")
    words = [sys.executable, "-m", "copydesk.cli", "explain", "chain.yaml", "50.txt"]
    with subprocess.Popen(
        words, cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as explaining:
        assert explaining.stderr
        assert "in it" in explaining.stderr.readline()  # stdout is for the explanation
        os.kill(explaining.pid, signal.SIGINT)
        told = explaining.stderr.read()

    assert 130 == explaining.returncode
    assert "interrupted" in told

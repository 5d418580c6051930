"""One bad document in a batch costs only itself, whatever it does to its worker."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.testing import Desk

STEP = """
import ctypes
import os
import signal
import time
from pathlib import Path

from attrs import evolve
from copydesk.api import Document, DocumentError, Drop, NoOptions, StepSpec, hookimpl


def deed(document):
    text = document.text
    if "RAISE" in text:
        raise RuntimeError("bad document")
    if "REFUSE" in text:
        raise DocumentError("too blurred")
    if "EXIT" in text:
        raise SystemExit(3)
    if "INTERRUPT" in text:
        raise KeyboardInterrupt
    if "END" in text:
        os._exit(7)
    if "CRASH" in text:
        ctypes.string_at(0)
    if "KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "HANG" in text:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    if "DROP" in text:
        return Drop("dropped on purpose")
    return document.with_extra("deed", length=len(text))


class Deeds:
    def __init__(self, options):
        pass

    def process_batch(self, documents):
        with Path("batches.txt").open("a") as file:
            file.write(f"{len(documents)}\\n")
        made = [deed(document) for document in documents]
        return made[:-1] if any("SHORT" in document.text for document in documents) else made


@hookimpl
def copydesk_steps():
    return [StepSpec("deeds", NoOptions, Deeds, gives=("extra",), batch_size=16)]
"""
CHAIN = """
copydesk: 1
plugins: [./deeds.py]
timeout_seconds: 2
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet, deeds]
store: {use: sqlite, options: {path: out.db}}
executor: {use: local, options: {workers: 2}}
"""
COUNT = 48
BAD = ("05.txt", "20.txt", "40.txt")


@pytest.fixture
def batches(tmp_path: Path) -> Desk:
    """A desk with a batching step that does what a document says, and 48 good articles."""
    (tmp_path / "deeds.py").write_text(STEP, "utf-8")
    (tmp_path / "chain.yaml").write_text(CHAIN, "utf-8")
    (tmp_path / "articles").mkdir()
    for number in range(COUNT):
        (tmp_path / f"articles/{number:02}.txt").write_text("The harbour is open", "utf-8")
    return Desk(tmp_path)


def spoil(desk: Desk, word: str) -> None:
    """Write a misdeed into some articles."""
    for name in BAD:
        (desk.folder / "articles" / name).write_text(f"The harbour is {word}", "utf-8")


def reasons(desk: Desk) -> dict[str, tuple[str, str]]:
    """Return step and reason of what waits in quarantine."""
    printed = desk.copydesk("quarantine", "list", "--store", "out.db", "--json").stdout
    rows = json.loads(printed)
    return {row["key"]: (row["step"], row["reason"]) for row in rows}


def sizes(desk: Desk) -> list[int]:
    """Return the sizes of the batches that the step was given."""
    return [int(line) for line in (desk.folder / "batches.txt").read_text().split()]


def test_batches_are_large(batches: Desk) -> None:
    """The step is given as many documents at once as it asks for, after a first one by itself."""
    assert COUNT == batches.run("chain.yaml")["done"]
    found = sizes(batches)

    assert COUNT == sum(found)
    assert 1 == found[0]
    assert max(found) >= 8
    assert max(found) <= 16


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("RAISE", "RuntimeError: bad document"),
        ("REFUSE", "too blurred"),
        ("EXIT", "SystemExit: 3"),
        ("INTERRUPT", "KeyboardInterrupt"),
        ("END", "the worker ended itself with exit status 7 in step deeds, and so did the worker "),
        ("CRASH", "the worker was killed by SIGSEGV"),
        ("KILL", "the worker was killed by SIGKILL"),
        ("HANG", "timed out after 2 s in step deeds"),
        ("SHORT", "ValueError: process_batch returned 0 results for 1 documents"),
    ],
)
def test_bad_documents_cost_themselves(batches: Desk, word: str, reason: str) -> None:
    """Three bad documents among 48 are in quarantine with their own reason, all others done."""
    spoil(batches, word)
    summary = batches.run("chain.yaml")
    found = reasons(batches)

    assert (COUNT - len(BAD), len(BAD)) == (summary["done"], summary["quarantined"])
    assert set(BAD) == set(found)
    for key, (step, told) in found.items():
        assert reason in told, key
        assert "deeds" == step
    lengths = {record["extra"]["deed"]["length"] for record in batches.records().values()}
    assert {len("The harbour is open")} == lengths


def test_drops_in_a_batch(batches: Desk) -> None:
    """What a batch drops is dropped, with its reason, and nothing else is."""
    spoil(batches, "DROP")
    summary = batches.run("chain.yaml")

    assert (COUNT - len(BAD), len(BAD)) == (summary["done"], summary["dropped"])


def test_second_run_has_nothing_to_do(batches: Desk) -> None:
    """A second run has nothing to do but the mended documents, in a batch of their own."""
    spoil(batches, "RAISE")
    batches.run("chain.yaml")
    spoil(batches, "open again")
    (batches.folder / "batches.txt").write_text("")
    again = batches.run("chain.yaml")

    assert (COUNT - len(BAD), len(BAD)) == (again["unchanged"], again["done"])
    assert len(BAD) == sum(sizes(batches))

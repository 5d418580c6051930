"""Kills from outside lose no document and leave no process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from tests.faults.deeds import (
    BuiltWork,
    DeedWork,
    Ran,
    assert_childless,
    is_alive,
    items,
    marked,
    run,
    wait_until,
)

from copydesk.api import Item, Outcome
from copydesk.errors import CopydeskError
from copydesk.workers.local import Local
from copydesk.workers.options import Options


def tell_processes(_item: Item) -> bytes:
    """Take a little time; the record says which worker of which nursery it was."""
    time.sleep(0.002)
    return b"%d %d" % (os.getpid(), os.getppid())


def worker_of(outcome: Outcome) -> int:
    """Return the worker that an outcome came from."""
    return int((outcome.record or b"").split()[0])


def nursery_of(outcome: Outcome) -> int:
    """Return the nursery of the worker that an outcome came from."""
    return int((outcome.record or b"").split()[1])


def test_killing_workers() -> None:
    """Workers that are killed from outside, again and again, cost no document."""
    listed = items(400)
    outcomes = []
    killed = set()
    for outcome in Local(Options(workers=2)).run(DeedWork(tell_processes), listed):
        outcomes.append(outcome)
        if len(outcomes) % 60 == 0:
            os.kill(worker_of(outcome), signal.SIGKILL)
            killed.add(worker_of(outcome))

    Ran(outcomes, listed).assert_only((), "")
    assert len(killed) >= 5
    assert_childless()


def test_killing_the_nursery() -> None:
    """When the nursery is killed a new one goes on, and no document is lost."""
    listed = items(400)
    outcomes = []
    killed = set()
    for outcome in Local(Options(workers=2)).run(DeedWork(tell_processes), listed):
        outcomes.append(outcome)
        if len(outcomes) in {100, 200}:
            os.kill(nursery_of(outcome), signal.SIGKILL)
            killed.add(nursery_of(outcome))

    Ran(outcomes, listed).assert_only((), "")
    assert 2 == len(killed)
    assert_childless()


def test_killing_the_nursery_that_has_a_copied_line(tmp_path: Path) -> None:
    """The death of the nursery is seen though a child of a step's maker holds its line."""

    def build() -> None:
        child = os.fork()
        if child == 0:
            time.sleep(600)
        (tmp_path / f"{child}").touch()

    listed = items(200)
    outcomes = []
    for outcome in Local(Options(workers=2)).run(BuiltWork(tell_processes, build=build), listed):
        outcomes.append(outcome)
        if len(outcomes) == 50:
            os.kill(nursery_of(outcome), signal.SIGKILL)
    for path in tmp_path.iterdir():
        if is_alive(int(path.name)):
            os.kill(int(path.name), signal.SIGKILL)

    Ran(outcomes, listed).assert_only((), "")


def test_a_document_that_kills_the_nursery() -> None:
    """A document that kills its worker's parent is tried twice and waits in quarantine."""

    def deed(item: Item) -> None:
        if item.uri == "20.txt":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(600)

    ran = run(deed, items(), workers=1)

    ran.assert_only(("20.txt",), "the process that looks after the workers was killed")


def test_killing_whatever_is_forked() -> None:
    """When every worker dies before it begins, the run ends with an error that says so."""

    def build() -> None:
        os.register_at_fork(after_in_child=lambda: os._exit(7))

    work = BuiltWork(tell_processes, build=build)
    with pytest.raises(CopydeskError, match="a worker ended itself with exit status 7, again"):
        list(Local(Options(workers=2)).run(work, items()))
    assert_childless()


def test_closing_early(tmp_path: Path) -> None:
    """Closing the iterator kills the workers at once, with all that they have started."""

    def deed(item: Item) -> bytes:
        if item.uri != "0.txt":
            (tmp_path / str(os.getpid())).touch()
            subprocess.run(["sleep", "600"], check=False)
        return b""

    outcomes = Local(Options(workers=2)).run(DeedWork(deed), items())
    next(outcomes)
    assert wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    began = time.monotonic()
    outcomes.close()  # type: ignore[attr-defined]

    assert time.monotonic() - began < 1.0
    assert not any(is_alive(int(path.name)) for path in tmp_path.iterdir())
    assert_childless()


def test_dropping_the_iterator() -> None:
    """An iterator that is forgotten takes its processes with it."""
    outcomes = Local(Options(workers=2)).run(DeedWork(tell_processes), items())
    worker = worker_of(next(outcomes))
    assert is_alive(worker)
    del outcomes

    assert not is_alive(worker)
    assert_childless()


PARENT = """
import itertools, os, subprocess, sys, time
from tests.faults.deeds import BuiltWork
from copydesk.api import Item
from copydesk.workers.local import Local
from copydesk.workers.options import Options

def deed(item):
    if item.uri == "20":
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
    if item.uri == "30":
        subprocess.Popen(["sleep", "600"])
    if item.uri == "40":
        while True:
            pass
    time.sleep(0.001)
    return b""

def build():
    if sys.argv[1] == "building":
        os.write(2, b"building\\n")
        time.sleep(600)

endless = (Item(str(number)) for number in itertools.count())
work = BuiltWork(deed, 60.0, build=build)
for number, outcome in enumerate(Local(Options(workers=2)).run(work, endless)):
    if number == 300:
        os.write(2, b"working\\n")
"""

Parent = tuple[subprocess.Popen[bytes], str]
"""A process that has a run under way, and the mark on all its descendants."""


@contextmanager
def start_parent(phase: str) -> Iterator[Parent]:
    """Start a run in another process, and wait until it is `building` or `working`."""
    value = uuid4().hex
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, phase],
        stderr=subprocess.PIPE,
        env={**os.environ, "COPYDESK_MARK": value, "PYTHONPATH": "."},
        cwd=Path(__file__).parents[2],
    )
    assert process.stderr is not None
    try:
        assert f"{phase}\n".encode() == process.stderr.readline()
        yield process, value
    finally:
        process.stderr.close()
        for left in marked(value):
            os.kill(left, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_ending_the_parent(number: int) -> None:
    """However the parent ends, no process of the run is left, not even what steps have started."""
    with start_parent("working") as (process, mark):
        assert len(marked(mark)) >= 5
        process.send_signal(number)
        process.wait(10)

        assert wait_until(lambda: not marked(mark), 3.0)


def test_killing_the_parent_while_the_steps_are_built() -> None:
    """A nursery that is busy building ends with its parent all the same."""
    with start_parent("building") as (process, mark):
        assert 2 == len(marked(mark))
        process.kill()
        process.wait(10)

        assert wait_until(lambda: not marked(mark), 3.0)


def test_killing_parent_and_nursery() -> None:
    """When parent and nursery are killed in one moment the workers still end."""
    with start_parent("working") as (process, mark):
        ours = [p for p in marked(mark) if not command(p).startswith("sleep")]
        nursery = next(p for p in ours if parent_of(p) == process.pid)
        workers = [p for p in ours if parent_of(p) == nursery and os.getsid(p) == p]
        assert len(workers) >= 2
        for victim in (process.pid, nursery):
            os.kill(victim, signal.SIGKILL)
        process.wait(10)

        assert wait_until(lambda: not any(map(is_alive, workers)), 3.0)


def command(process: int) -> str:
    """Return how a process was started."""
    return Path(f"/proc/{process}/cmdline").read_text()


def parent_of(process: int) -> int:
    """Return the parent of a process."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])

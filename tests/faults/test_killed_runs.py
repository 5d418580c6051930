"""Runs that are killed with kill -9 at random moments, and what the next run makes of it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from copydesk.testing import Desk

PLUGIN = """
import time
import copydesk.runs.run
from attrs import evolve, frozen
from copydesk.api import Drop, DocumentError, NoOptions, StepSpec, hookimpl

copydesk.runs.run._BATCH = 8  # many commits, for kills to come between and into the midst of

class Slow:
    def __init__(self, options): pass
    def process(self, document):
        time.sleep(0.01)
        if document.item.uri.endswith("3.txt"): return Drop("ends in 3")
        if document.item.uri.endswith("7.txt"): raise DocumentError("ends in 7")
        return evolve(document, text=document.text.upper())

@hookimpl
def copydesk_steps():
    return [StepSpec("slow", NoOptions, Slow, gives=("text",), version="1")]
"""
CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet, slow]
store: {use: sqlite, options: {path: out.db}}
executor: {use: local, options: {workers: 2}}
"""
ARTICLES = 120
Ledger = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with a chain, many articles and the store of an undisturbed run."""
    desk = Desk(tmp_path_factory.mktemp("newsroom"))
    (desk.folder / "articles").mkdir()
    for number in range(ARTICLES):
        text = f"Article {number} of the day. " * (number % 40 + 1)
        (desk.folder / "articles" / f"{number:03}.txt").write_text(text)
    (desk.folder / "plugin.py").write_text(PLUGIN)
    (desk.folder / "chain.yaml").write_text(CHAIN)
    desk.run("chain.yaml", "--store", "undisturbed.db")
    return desk


def start(desk: Desk) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own."""
    words = [sys.executable, "-m", "copydesk.cli", "run", "chain.yaml"]
    return subprocess.Popen(
        words, cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def descendants(pid: int) -> list[int]:
    """Return the processes below a process, nearest first."""
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found.append(int(child))
        found += descendants(int(child))
    return found


def kill_parent(run: subprocess.Popen[bytes], _chance: random.Random) -> None:
    """Kill the run's own process."""
    os.kill(run.pid, signal.SIGKILL)


def kill_worker(run: subprocess.Popen[bytes], chance: random.Random) -> None:
    """Kill one of its workers, or the process that they come from; the run goes on."""
    below = descendants(run.pid)
    if not below:
        raise ProcessLookupError
    os.kill(chance.choice(below), signal.SIGKILL)


def kill_all(run: subprocess.Popen[bytes], _chance: random.Random) -> None:
    """Kill everything at once."""
    for pid in [run.pid, *descendants(run.pid)]:
        os.kill(pid, signal.SIGKILL)


Kill = Callable[[subprocess.Popen[bytes], random.Random], None]


def ledger(desk: Desk, store: str) -> Ledger:
    """Return the current ledger rows of a store."""
    connection = sqlite3.connect(desk.folder / store)
    assert "ok" == connection.execute("PRAGMA integrity_check").fetchone()[0]
    rows = connection.execute("SELECT key, state, reason FROM ledger WHERE current").fetchall()
    connection.close()
    assert len(rows) == len({key for key, _, _ in rows})
    return {key: (state, reason) for key, state, reason in rows}


def committed(desk: Desk) -> int:
    """Return how many items a killed run has left in the ledger; a copy of the store is asked.

    Whoever opens a store after a kill mends it, and that is for the next run to do.
    """
    for path in desk.folder.glob("out.db*"):
        shutil.copy(path, desk.folder / f"copy-of-{path.name}")
    copy = desk.folder / "copy-of-out.db"
    if not copy.exists() or not copy.stat().st_size:
        return 0
    try:
        count = len(ledger(desk, copy.name))
    except sqlite3.OperationalError:
        count = 0  # killed before it had its tables
    for path in desk.folder.glob("copy-of-*"):
        path.unlink()
    return count


def timeless(desk: Desk, store: str) -> list[str]:
    """Return the records of a store as JSON without times, in order."""
    found = []
    for record in desk.records(store).values():
        steps = [{**step, "seconds": 0} for step in record["steps"]]
        found.append(json.dumps({**record, "steps": steps}, sort_keys=True))
    return found


def discard(desk: Desk) -> None:
    """Remove the store of the disturbed runs."""
    for path in desk.folder.glob("out.db*"):
        path.unlink()


def wait_for_workers(run: subprocess.Popen[bytes]) -> None:
    """Wait until a run forks, or has ended."""
    with suppress(FileNotFoundError):
        while run.poll() is None and not descendants(run.pid):
            time.sleep(0.005)


def disturb(desk: Desk, kill: Kill, work: float, chance: random.Random) -> bool:
    """Start a run, kill something in it, and wait until nothing of it is left.

    Three times of four that is while it works, which takes `work` seconds, else while it begins.
    Returns whether there was something to kill.
    """
    run = start(desk)
    if kill is kill_worker or chance.random() < 0.75:
        wait_for_workers(run)
        time.sleep(chance.uniform(0, work))
    else:
        time.sleep(chance.uniform(0, 1))
    below = []
    has_hit = False
    if run.poll() is None:
        with suppress(FileNotFoundError, ProcessLookupError):  # it was quicker than the killer
            below = descendants(run.pid)
            kill(run, chance)
            has_hit = True
    run.wait(60)
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in below):
        assert time.monotonic() < deadline, "processes of a killed run are left"
        time.sleep(0.02)
    return has_hit


def assert_undisturbed(desk: Desk) -> int:
    """Run to the end, hold records and ledger to those of the undisturbed run, and count them."""
    desk.run("chain.yaml")
    assert ledger(desk, "undisturbed.db") == ledger(desk, "out.db")
    records = timeless(desk, "undisturbed.db")
    assert records == timeless(desk, "out.db")
    return len(records)


@pytest.mark.timeout(5000)  # the long form takes a quarter of an hour on an idle machine
def test_random_kills(newsroom: Desk, kills: int, tell: Callable[[str], None]) -> None:
    """After any number of kills the next run leaves what an undisturbed one leaves."""
    chance = random.Random(20261121)
    hits: Counter[str] = Counter()
    left: Counter[int] = Counter()
    compared = checks = quarter = 0
    began = time.monotonic()
    undisturbed = start(newsroom)
    wait_for_workers(undisturbed)
    forked = time.monotonic()
    undisturbed.wait(120)
    work = time.monotonic() - forked
    discard(newsroom)
    while hits.total() < kills:
        kill = chance.choice([kill_parent, kill_worker, kill_all])
        if disturb(newsroom, kill, work, chance):
            hits[kill.__name__] += 1
            quarter = committed(newsroom) * 4 // ARTICLES
            left[quarter] += 1
        if quarter == 4 or chance.random() < 0.3 or hits.total() == kills:
            compared += assert_undisturbed(newsroom)
            checks += 1
            discard(newsroom)
    killed = ", ".join(f"{name} {count}" for name, count in sorted(hits.items()))
    seconds = time.monotonic() - began
    quarters = ", ".join(str(left[quarter]) for quarter in range(5))
    tell(
        f"random kills: {killed}; they left the ledger in its first to last quarter and full "
        f"{quarters} times; {checks} checks, {compared} records compared; {seconds:.0f} s"
    )


def test_lost_store_is_made_again(newsroom: Desk) -> None:
    """When the store's folder is lost, the next run makes all records again."""
    assert_undisturbed(newsroom)
    discard(newsroom)

    assert_undisturbed(newsroom)
    discard(newsroom)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs a mount")
def test_full_disk(newsroom: Desk, tmp_path: Path) -> None:
    """A disk that fills up ends the run with words and exit code 2; later the rest is done."""
    small = tmp_path / "small"
    small.mkdir()
    options = ["-t", "tmpfs", "-o", "size=150k", "tmpfs", str(small)]
    mounted = subprocess.run(["mount", *options], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        full = newsroom.copydesk("run", "chain.yaml", "--store", small / "out.db")
        assert 2 == full.returncode, full.stderr
        assert "full" in full.stderr
        assert "Traceback" not in full.stderr
        subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
        newsroom.run("chain.yaml", "--store", small / "out.db")
        assert timeless(newsroom, "undisturbed.db") == timeless(newsroom, str(small / "out.db"))
    finally:
        subprocess.run(["umount", str(small)], check=True)

"""The verb `watch` on real folders, ended by real signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from copydesk.testing import Desk
from copydesk.testing.tally import check_sum

CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain:
  - encoding.chardet
  - {use: x.slow, options: {seconds: 0}}
store: {use: sqlite, options: {path: out.db}}
executor: {use: local, options: {workers: 2}}
"""
PLUGIN = """
import time
from attrs import evolve, frozen
from copydesk.api import StepSpec, hookimpl

@frozen
class Options:
    seconds: float = 0.0

class Slow:
    def __init__(self, options): self.seconds = options.seconds
    def process(self, document):
        time.sleep(self.seconds)
        return evolve(document, text=document.text + "!")

@hookimpl
def copydesk_steps():
    return [StepSpec("x.slow", Options, Slow, gives=("text",))]
"""
MARK = "COPYDESK_WATCH_TEST"


class Watch:
    """A watch at work."""

    def __init__(self, desk: Desk, *words: object) -> None:
        self.mark = uuid4().hex
        self._desk = desk
        self._output = (desk.folder / f"{self.mark}.out").open("w+")
        self._talk = (desk.folder / f"{self.mark}.err").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "copydesk.cli", "watch", "chain.yaml", *map(str, words)],
            cwd=desk.folder,
            env={**os.environ, **desk.settings, MARK: self.mark},
            stdout=self._output,
            stderr=self._talk,
            start_new_session=True,
        )

    @property
    def talk(self) -> str:
        """What it has said so far."""
        return Path(self._talk.name).read_text()

    @property
    def summaries(self) -> list[dict[str, Any]]:
        """The summaries it has printed so far, each held to the sum rule."""
        found = [json.loads(line) for line in Path(self._output.name).read_text().splitlines()]
        for summary in found:
            check_sum(summary)
        return found

    def end(self, number: signal.Signals = signal.SIGTERM, *, whole_group: bool = False) -> int:
        """Send a signal and return the exit code; no process may be left then."""
        (os.killpg if whole_group else os.kill)(self.process.pid, number)
        code = self.process.wait(30)
        until(lambda: not self.processes(), 5)
        return code

    def processes(self) -> list[str]:
        """Return the processes that it has begun, by the mark in their environment."""
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if f"{MARK}={self.mark}".encode() in path.read_bytes():
                    found.append(path.parent.name)
            except OSError:
                continue
        return found

    def close(self) -> None:
        """End it, whatever has happened."""
        for process in self.processes():
            os.kill(int(process), signal.SIGKILL)
        self.process.wait()
        self._output.close()
        self._talk.close()


def until(condition: Callable[[], object], seconds: float = 40.0) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a chain and two articles that are some time old."""
    desk = Desk(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "plugin.py").write_text(PLUGIN)
    (tmp_path / "chain.yaml").write_text(CHAIN)
    for name in "ab":
        article(desk, f"{name}.txt")
    return desk


@pytest.fixture
def watch(desk: Desk) -> Iterator[Callable[..., Watch]]:
    """Return what begins a watch with a short quiet time."""
    begun: list[Watch] = []

    def begin(*words: object, quiet: float = 0.4) -> Watch:
        begun.append(Watch(desk, "--json", "--quiet", quiet, *words))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


def article(desk: Desk, name: str, text: str = "The weather in Lisbon is good. ") -> Path:
    """Write an article."""
    path = desk.folder / "articles" / name
    path.write_text(text)
    return path


def keys(desk: Desk) -> set[str]:
    """Return the keys of the records."""
    return set(desk.records()) if (desk.folder / "out.db").exists() else set()


def done(watch: Watch) -> int:
    """Return how many documents all runs together have done."""
    return sum(summary["done"] for summary in watch.summaries)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_changes_are_picked_up_until_a_signal(
    desk: Desk, watch: Callable[..., Watch], number: signal.Signals
) -> None:
    """It runs at once, again for a new and a changed file, and ends with 0 and no process left."""
    begun = watch()
    until(lambda: done(begun) == 2)
    article(desk, "c.txt")
    article(desk, "a.txt", "Quite another text. ")
    until(lambda: done(begun) == 4)

    assert 0 == begun.end(number)
    records = desk.records()
    assert {"a.txt", "b.txt", "c.txt"} == set(records)
    assert "Quite another text. !" == records["a.txt"]["text"]
    assert "the watch has ended" in begun.talk
    assert "Traceback" not in begun.talk


def test_nothing_happens_when_nothing_changes(desk: Desk, watch: Callable[..., Watch]) -> None:
    """There is no further run, even where store, log and output are inside the folder."""
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("path: articles", "path: ."))
    begun = watch()
    until(lambda: done(begun) == 2)
    runs = len(begun.summaries)

    time.sleep(3)

    assert runs == len(begun.summaries)
    assert 0 == begun.end()


def test_file_that_is_still_written_is_left_alone(desk: Desk, watch: Callable[..., Watch]) -> None:
    """A file that grows for five seconds is read once, when it is whole; others need not wait."""
    begun = watch(quiet=1.5)
    until(lambda: done(begun) == 2)

    with (desk.folder / "articles" / "c.txt").open("w") as file:
        for number in range(50):
            file.write(f"Sentence number {number} of a long story. ")
            file.flush()
            time.sleep(0.1)
            assert "c.txt" not in [row["key"] for row in log(desk)]
    until(lambda: done(begun) == 3)

    assert 0 == begun.end()
    assert "Sentence number 49 of a long story. !" in desk.records()["c.txt"]["text"]
    assert 1 == [row["key"] for row in log(desk)].count("c.txt")


def test_archive_that_is_still_written_is_left_alone(
    desk: Desk, watch: Callable[..., Watch]
) -> None:
    """A half written archive is neither damaged nor gone; when it is whole, its members come."""
    begun = watch(quiet=1.5)
    until(lambda: done(begun) == 2)

    with zipfile.ZipFile(desk.folder / "articles" / "c.zip", "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.txt", f"Story number {number} is told here. ")
            time.sleep(0.1)
    until(lambda: done(begun) == 32)

    assert 0 == begun.end()
    assert not [row for row in log(desk) if row["outcome"] != "done"]


def test_busy_file_does_not_hold_up_others(desk: Desk, watch: Callable[..., Watch]) -> None:
    """A run beside a file that is being written does the other files and says what it left."""
    article(desk, "c.txt")

    summary = desk.run("chain.yaml", "--quiet", 30)
    old = time.time() - 60
    for name in "ab":
        os.utime(desk.folder / "articles" / f"{name}.txt", (old, old))

    assert (0, 3) == (summary["done"], summary["busy"])
    plan = desk.copydesk("plan", "chain.yaml", "--json")
    assert (3, 0) == (json.loads(plan.stdout)["new"], json.loads(plan.stdout)["busy"])


@pytest.mark.parametrize("whole_group", [False, True])
def test_signal_in_the_middle_of_a_run(
    desk: Desk, watch: Callable[..., Watch], *, whole_group: bool
) -> None:
    """A run that is cut short leaves whole documents and no process; the next one does the rest."""
    for number in range(80):
        article(desk, f"{number:02}.txt", f"Story number {number}. ")
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("seconds: 0", "seconds: 0.15"))
    begun = watch()
    until(lambda: len(log(desk)) > 5)

    assert 0 == begun.end(signal.SIGINT, whole_group=whole_group)
    before = desk.records()
    assert 5 < len(before) < 82
    assert [] == begun.summaries
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("seconds: 0", "seconds: 0.0"))
    summary = desk.run("chain.yaml")

    assert (82, 82) == (summary["listed"], summary["done"] + summary["unchanged"])
    after = desk.records()
    assert 82 == len(after)
    assert all(after[key]["text"] == record["text"] for key, record in before.items())


def test_sigterm_ends_a_run_with_what_it_has_done(desk: Desk) -> None:
    """`run` itself ends on SIGTERM as on Ctrl-C: with 130, and the batch in flight committed."""
    for number in range(60):
        article(desk, f"{number:02}.txt", f"Story number {number}. ")
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("seconds: 0", "seconds: 0.2"))
    command = [sys.executable, "-m", "copydesk.cli", "run", "chain.yaml"]
    with subprocess.Popen(command, cwd=desk.folder, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: log(desk))
        process.terminate()
        talk = process.communicate(timeout=30)[1]

    assert 130 == process.returncode
    assert "interrupted; what was committed is safe" in talk
    assert 0 < len(desk.records()) < 62


def test_second_run_on_a_store_says_who_holds_it(desk: Desk, watch: Callable[..., Watch]) -> None:
    """During a run another one and a watch end with 2 and name the run that holds the store."""
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("seconds: 0", "seconds: 8"))
    command = [sys.executable, "-m", "copydesk.cli", "run", "chain.yaml"]
    with subprocess.Popen(command, cwd=desk.folder, stderr=subprocess.DEVNULL) as process:
        until((desk.folder / "out.db").exists)  # or the next one may be the first
        until(lambda: "run 1" in desk.copydesk("run", "chain.yaml").stderr)
        second = desk.copydesk("run", "chain.yaml")
        begun = watch()
        assert 2 == begun.process.wait(30)
        assert process.poll() is None
        process.terminate()

    assert 2 == second.returncode
    for talk in (second.stderr, begun.talk):
        assert "out.db: another run is at work on this store (run 1, begun " in talk
        assert "of chain.yaml)" in talk


def test_edited_chain_is_run_and_a_broken_one_waited_for(
    desk: Desk, watch: Callable[..., Watch]
) -> None:
    """A change of the chain makes a run; a fault in it is told, and its repair is noticed."""
    begun = watch()
    until(lambda: done(begun) == 2)
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("x.slow", "x.slower"))
    until(lambda: "the run failed" in begun.talk)
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("seconds: 0", "seconds: 0.01"))
    until(lambda: done(begun) == 4)

    assert "no step named 'x.slower'" in begun.talk
    assert 0 == begun.end()


def test_folder_that_comes_back_is_watched_again(desk: Desk, watch: Callable[..., Watch]) -> None:
    """A folder that is taken away is not taken for empty; when it is back, it is watched again."""
    articles = desk.folder / "articles"
    begun = watch()
    until(lambda: done(begun) == 2)
    articles.rename(desk.folder / "away")
    until(lambda: "is not there; the watch waits for it" in begun.talk)
    (desk.folder / "away").rename(articles)
    article(desk, "c.txt")
    until(lambda: done(begun) == 3)
    article(desk, "d.txt")
    until(lambda: done(begun) == 4)

    assert 0 == begun.end()
    assert [0] * len(begun.summaries) == [summary["gone"] for summary in begun.summaries]


def test_polling_finds_changes_too(desk: Desk, watch: Callable[..., Watch]) -> None:
    """With --poll changes are found without the system's help."""
    begun = watch("--poll")
    until(lambda: done(begun) == 2)
    article(desk, "c.txt")
    until(lambda: done(begun) == 3)

    assert 0 == begun.end()


def test_settings_reach_the_runs(desk: Desk, watch: Callable[..., Watch]) -> None:
    """Source, store, log and changed settings of the command line are those of every run."""
    (desk.folder / "articles").rename(desk.folder / "other")
    begun = watch(
        "other", "--store", "new.db", "--json-log", "--set", "chain.slow.options.seconds=0.001"
    )
    until(lambda: done(begun) == 2)

    assert 0 == begun.end()
    assert {"a.txt", "b.txt"} == set(desk.records("new.db"))
    rows = [json.loads(line) for line in begun.talk.splitlines()]
    assert {"a.txt", "b.txt"} == {row["key"] for row in rows if "key" in row}


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("no/such/folder",), "'no/such/folder' does not exist"),
        (("articles", "--quiet", "nan"), "nan is not a number of seconds"),
    ],
)
def test_what_cannot_be_watched_is_told(desk: Desk, words: tuple[str, ...], fault: str) -> None:
    """A mistake ends the watch before it begins, with 2."""
    ended = desk.copydesk("watch", "chain.yaml", *words)

    assert 2 == ended.returncode
    assert fault in ended.stderr


def test_missing_library_is_named(desk: Desk) -> None:
    """Without watchfiles the error names the extra that brings it."""
    script = (
        "import sys; sys.modules['watchfiles'] = None; from copydesk.cli import main;"
        "sys.exit(main(['watch', 'chain.yaml']))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=desk.folder, capture_output=True, text=True, check=False
    )

    assert 2 == ended.returncode
    assert "watchfiles is not installed; `pip install 'copydesk[watch]'`" in ended.stderr


def log(desk: Desk) -> list[dict[str, Any]]:
    """Return the lines of the store's log."""
    path = desk.folder / "out.db.log"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

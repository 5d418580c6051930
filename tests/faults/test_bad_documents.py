"""One bad document costs only itself, whatever it does to its worker."""

from __future__ import annotations

import ctypes
import itertools
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults.deeds import Deed, is_alive, items, run, wait_until

from copydesk.api import Item, Outcome

BAD = ("5.txt", "20.txt", "40.txt")


def only_bad(misdeed: Callable[[], object]) -> Deed:
    """Return a deed that is a misdeed for the bad items."""

    def deed(item: Item) -> bytes | None:
        if item.uri in BAD:
            misdeed()
        return None

    return deed


def raise_error(error: BaseException) -> Callable[[], object]:
    """Return a misdeed that raises an error."""

    def misdeed() -> object:
        raise error

    return misdeed


class SpeechlessError(Exception):
    """An error that cannot say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


def sleep_deaf() -> None:
    """Sleep, and not even listen to who would end it politely."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def recurse() -> None:
    """Never end."""
    recurse()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("two\nlines"), "ValueError: two lines"),
        (SystemExit(2), "SystemExit: 2"),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
        (GeneratorExit(), "GeneratorExit"),
        (MemoryError(), "MemoryError"),
        (ValueError(threading.Lock()), "ValueError: <unlocked _thread.lock"),
        (ValueError("\ud800"), r"ValueError: \ud800"),
        (SpeechlessError(), "SpeechlessError: its message cannot be read, RuntimeError"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_error_of_a_job(error: BaseException, reason: str) -> None:
    """An error that a job lets through is the outcome of that item, whatever its class holds."""
    ran = run(only_bad(raise_error(error)), items())

    ran.assert_only(BAD, reason, step="")
    assert (
        "raise_error" in ran.by_key["5.txt"].traceback or "misdeed" in ran.by_key["5.txt"].traceback
    )


def test_endless_recursion() -> None:
    """A recursion without end is one failed document."""
    run(only_bad(recurse), items()).assert_only(BAD, "RecursionError", step="")


@pytest.mark.parametrize(
    "misdeed",
    [
        lambda: re.match(r"(a+)+$", "a" * 60 + "b"),
        lambda: max(itertools.count()),
        lambda: time.sleep(600),
        lambda: os.kill(os.getpid(), signal.SIGSTOP),
        lambda: threading.Lock().acquire() and threading.Event().wait(),
        sleep_deaf,
        lambda: os.read(os.pipe()[0], 1),
    ],
    ids=["regex", "c-loop", "sleep", "stop", "wait", "deaf", "read"],
)
def test_taking_too_long(misdeed: Callable[[], object]) -> None:
    """A document past its deadline is killed, even in C code, and not tried again."""
    began = time.monotonic()
    ran = run(only_bad(misdeed), items(), seconds=0.3)

    ran.assert_only(BAD, "timed out after 0.3 s in step deed")
    assert time.monotonic() - began < 3.0


def test_stack_of_a_document_that_takes_too_long() -> None:
    """What a timed-out document was doing is in the traceback, C code or not."""
    ran = run(only_bad(lambda: max(itertools.count())), items(), seconds=0.3)

    assert "in deed" in ran.by_key["20.txt"].traceback
    assert "test_bad_documents.py" in ran.by_key["20.txt"].traceback


@pytest.mark.parametrize(
    ("misdeed", "reason"),
    [
        (lambda: ctypes.string_at(0), "killed by SIGSEGV (segmentation fault) in step deed"),
        (os.abort, "killed by SIGABRT (aborted) in step deed"),
        (lambda: os._exit(3), "ended itself with exit status 3 in step deed"),
        (lambda: os._exit(0), "ended itself with exit status 0 in step deed"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "killed by SIGKILL (killed) in step deed"),
        (lambda: os.killpg(0, signal.SIGTERM), "killed by SIGTERM (terminated) in step deed"),
        (lambda: os.kill(os.getpid(), signal.SIGRTMIN + 3), "killed by signal 37 in step deed"),
    ],
    ids=["segfault", "abort", "exit-3", "exit-0", "kill", "killpg", "realtime"],
)
def test_killing_the_worker(misdeed: Callable[[], object], reason: str) -> None:
    """A document that its worker dies of is tried once more, then waits in quarantine."""
    ran = run(only_bad(misdeed), items())

    ran.assert_only(BAD, reason)
    assert "and so did the worker that tried it again" in ran.by_key["5.txt"].reason


def test_stack_of_a_crash() -> None:
    """The Python stack of a crash in C code is in the traceback."""
    ran = run(only_bad(lambda: ctypes.string_at(0)), items())

    assert "Fatal Python error: Segmentation fault" in ran.by_key["5.txt"].traceback
    assert "in deed" in ran.by_key["5.txt"].traceback


def test_tried_twice(tmp_path: Path) -> None:
    """A document that kills workers is tried twice, not a third time in the same run."""

    def misdeed() -> None:
        with (tmp_path / "tries").open("ab") as file:
            file.write(b".")
        os._exit(3)

    run(only_bad(misdeed), items()).assert_only(BAD, "exit status 3")

    assert 2 * len(BAD) == (tmp_path / "tries").stat().st_size


def test_taking_too_long_is_tried_once(tmp_path: Path) -> None:
    """A document that takes too long is not tried again."""

    def misdeed() -> None:
        with (tmp_path / "tries").open("ab") as file:
            file.write(b".")
        time.sleep(600)

    run(only_bad(misdeed), items(), seconds=0.2).assert_only(BAD, "timed out after 0.2 s")

    assert len(BAD) == (tmp_path / "tries").stat().st_size


def test_dying_once(tmp_path: Path) -> None:
    """A document whose first worker dies by chance is done by the second."""

    def misdeed() -> None:
        if not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os._exit(3)

    run(only_bad(misdeed), items()).assert_only((), "")


def test_taking_too_much_memory() -> None:
    """A worker over its memory is killed, and the document it was at is to blame."""
    ballast = b"x" * (300 << 20)  # what the program itself holds is no worker's doing

    def hog() -> None:
        held = []
        while True:
            held.append(b"x" * (1 << 20))
            time.sleep(0.001)  # else the net of the system may be quicker, as below

    ran = run(only_bad(hog), items(), max_memory_mb=200)

    ran.assert_only(BAD, "MiB, more than max_memory_mb, in step deed")
    held = int(re.findall(r"(\d+) MiB, more", ran.by_key["5.txt"].reason or "")[0])
    assert 200 <= held < len(ballast) >> 20
    assert "in hog" in ran.by_key["5.txt"].traceback


def test_asking_for_far_too_much_memory() -> None:
    """Memory far beyond the limit is refused before the worker is looked at."""
    ran = run(only_bad(lambda: b"x" * (1 << 34)), items(), max_memory_mb=200)

    ran.assert_only(BAD, "MemoryError", step="")


def test_growing_a_little_with_each_document(tmp_path: Path) -> None:
    """A worker that leaks is replaced between documents: none is blamed, none is begun twice."""
    leak = []

    def deed(_item: Item) -> None:
        leak.append(b"x" * (1 << 20))
        time.sleep(0.002)
        with (tmp_path / "tries").open("ab") as file:
            file.write(b".")

    ran = run(deed, items(600), max_memory_mb=250)

    ran.assert_only((), "")
    assert 600 == (tmp_path / "tries").stat().st_size
    assert len({outcome.record for outcome in ran.outcomes}) > 2


@pytest.mark.parametrize(
    "misdeed",
    [
        lambda: sys.stdout.write("noise\n"),
        lambda: os.write(1, b"noise"),
        lambda: sys.__stdout__.write("noise") if sys.__stdout__ else None,
        lambda: subprocess.run(["echo", "noise"], check=True),
        lambda: subprocess.run([sys.executable, "-c", "print(input('noise'))"], check=False),
    ],
    ids=["print", "write", "original", "subprocess", "input"],
)
def test_noise(misdeed: Callable[[], object], capfd: pytest.CaptureFixture[str]) -> None:
    """What a step prints never reaches stdout, and stdin has nothing for it."""
    ran = run(only_bad(misdeed), items())

    ran.assert_only((), "")
    printed = capfd.readouterr()
    assert "" == printed.out


def test_closing_every_descriptor() -> None:
    """A step that closes the worker's own connection is found out."""
    ran = run(only_bad(lambda: os.closerange(3, 256)), items())

    ran.assert_only(BAD, "ended itself", step="")


@pytest.mark.parametrize("workers", [1, 2])
def test_writing_to_every_descriptor(workers: int) -> None:
    """A step that writes to connections that are not its own spoils only its own outcome."""

    def scribble() -> None:
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, b"\0" * 10)
            except OSError:
                continue

    ran = run(only_bad(scribble), items(), workers=workers)

    ran.assert_only(BAD, "something wrote to the worker's connection", step="")


def test_a_file_of_the_parent(tmp_path: Path) -> None:
    """A step that writes to every descriptor does not reach what the parent has open."""

    def scribble() -> None:
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, b"noise")
            except OSError:
                continue

    with (tmp_path / "store").open("wb") as file:
        run(only_bad(scribble), items())
        file.write(b"records")

    assert b"records" == (tmp_path / "store").read_bytes()


def test_the_child_of_a_dead_worker(tmp_path: Path) -> None:
    """What a worker has started dies with it, not only with the run."""

    def deed(item: Item) -> bytes:
        if item.uri == "5.txt" and not (tmp_path / "child").exists():
            child = os.fork()
            if child == 0:
                time.sleep(600)
            (tmp_path / "child").write_text(str(child))
            os._exit(3)
        if item.uri == "5.txt":
            child = int((tmp_path / "child").read_text())
            return b"%d" % wait_until(lambda: not is_alive(child), 2.0)
        return b""

    ran = run(deed, items(20))

    assert b"1" == ran.by_key["5.txt"].record


def test_leaving_a_child(tmp_path: Path) -> None:
    """A child that a step leaves behind ends with its worker, and the run does not wait for it."""

    def misdeed() -> None:
        child = os.fork()
        if child == 0:
            time.sleep(600)
        with (tmp_path / "children").open("a") as file:
            file.write(f"{child}\n")

    began = time.monotonic()
    run(only_bad(misdeed), items()).assert_only((), "")

    children = [int(line) for line in (tmp_path / "children").read_text().split()]
    assert 3 == len(children)
    assert wait_until(lambda: not any(map(is_alive, children)))
    assert time.monotonic() - began < 3.0


def test_leaving_a_daemon(tmp_path: Path) -> None:
    """Even a child that has left its worker's session ends with the run."""

    def misdeed() -> None:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                (tmp_path / f"{os.getpid()}").touch()
                time.sleep(600)
            os._exit(0)
        wait_until(lambda: len(list(tmp_path.iterdir())) > 0)

    run(only_bad(misdeed), items()).assert_only((), "")

    daemons = [int(path.name) for path in tmp_path.iterdir()]
    assert len(daemons) >= 1
    assert not any(map(is_alive, daemons))


def test_dying_with_a_child_that_lives(tmp_path: Path) -> None:
    """The death of a worker is seen though a child of its holds all its descriptors."""

    def misdeed() -> None:
        child = os.fork()
        if child == 0:
            time.sleep(600)
        (tmp_path / f"{child}").touch()
        os._exit(3)

    run(only_bad(misdeed), items()).assert_only(BAD, "exit status 3")

    assert 6 == len(list(tmp_path.iterdir()))
    assert not any(is_alive(int(path.name)) for path in tmp_path.iterdir())


@pytest.mark.parametrize("fork", [os.fork, ctypes.CDLL(None).fork], ids=["python", "c"])
def test_forking_and_going_on(fork: Callable[[], int]) -> None:
    """When a step returns twice, in its process and in a fork of it, there is still one outcome."""

    def deed(item: Item) -> None:
        time.sleep(0.002)
        if item.uri in BAD:
            fork()

    run(deed, items(300)).assert_only((), "")


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome("", "done", reason=threading.Lock()), "a lock cannot be sent"),  # type: ignore[arg-type]
        (Outcome("", "done", seconds=((("x", Path("y"))),)), "Path cannot be sent"),  # type: ignore[arg-type]
    ],
)
def test_outcome_that_cannot_be_sent(outcome: Outcome, reason: str) -> None:
    """An outcome that is not made of plain values fails its item, not those sent with it."""
    ran = run(lambda item: outcome if item.uri in BAD else None, items())

    ran.assert_only(BAD, reason, step="")


def test_subclasses_of_plain_values() -> None:
    """Subclasses of plain values, as libraries return them, are made plain."""

    class Name(str):
        __slots__ = ()

    class Number(float):
        __slots__ = ()

    outcome = Outcome("", "done", record=b"r", language=Name("de"), seconds=(("x", Number(2)),))
    ran = run(lambda _item: outcome, items(3))

    assert {("de", str, 2.0, float)} == {
        (o.language, type(o.language), o.seconds[0][1], type(o.seconds[0][1])) for o in ran.outcomes
    }


def test_no_outcome() -> None:
    """A job that returns no outcome fails its item."""
    ran = run(lambda item: 5 if item.uri in BAD else None, items())

    ran.assert_only(BAD, "AttributeError: 'int' object has no attribute", step="")


def test_large_records() -> None:
    """Records of any size come through whole."""
    sizes = {f"{n}.txt": size for n, size in enumerate((0, 1, 1 << 16, 1 << 20, 50 << 20))}
    ran = run(lambda item: b"x" * sizes[item.uri], items(5))

    assert sizes == {o.key: len(o.record or b"") for o in ran.outcomes}


def die_while_sending() -> None:
    """Let this process be killed when it is in the midst of sending what it will return."""
    main = threading.main_thread().ident

    def watch() -> None:
        while sys._current_frames()[main or 0].f_code.co_name not in {"_send", "send"}:
            time.sleep(0.0001)
        time.sleep(0.005)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch).start()


def test_dying_while_a_large_record_is_sent(tmp_path: Path) -> None:
    """Half of a record is no record: the document is tried again."""

    def deed(item: Item) -> bytes | None:
        if item.uri not in BAD:
            return None
        if not (tmp_path / item.uri).exists():
            (tmp_path / item.uri).touch()
            die_while_sending()
        return b"x" * (64 << 20)

    ran = run(deed, items())

    ran.assert_only((), "")
    assert 3 == len(list(tmp_path.iterdir()))
    assert {64 << 20} == {len(ran.by_key[key].record or b"") for key in BAD}


def test_always_dying_while_a_large_record_is_sent() -> None:
    """A document whose record cannot be sent waits in quarantine, and the reason says so."""

    def deed(item: Item) -> bytes | None:
        if item.uri not in BAD:
            return None
        die_while_sending()
        return b"x" * (64 << 20)

    ran = run(deed, items())

    ran.assert_only(BAD, "killed by SIGKILL (killed) while its record was sent", step="")

"""Tests of taking chosen documents down a chain whose steps hang, die and print."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from copydesk.testing import Desk

PLUGIN = """
import os, sys, time
from copydesk.api import step

class Mine(BaseException):
    pass

@step("x.deed", gives=("extra",))
def deed(document):
    print("noise of a step")
    if "hang" in document.text: time.sleep(600)
    if "abort" in document.text: os.abort()
    if "leave" in document.text: os._exit(3)
    if "mine" in document.text: raise Mine("of its own")
    if "stop" in document.text: raise KeyboardInterrupt
    os.write(1, b"noise of a library\\n")
    return document.with_extra("deed", done=True)
"""
ENDS = {
    "hang": "timed out after 1 s in step deed",
    "abort": "the worker was killed by SIGABRT (aborted) in step deed, and so did the worker",
    "leave": "the worker ended itself with exit status 3 in step deed, and so did the worker",
    "mine": "Mine: of its own",
    "stop": "KeyboardInterrupt",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a chain whose second step does what the text tells it."""
    desk = Desk(tmp_path)
    desk.write("plugin.py", PLUGIN)
    for word in (*ENDS, "well"):
        desk.write(f"articles/{word}.txt", word)
    desk.write_chain(
        "encoding.chardet",
        "x.deed",
        "boilerplate.lines",
        plugins=["./plugin.py"],
        timeout_seconds=1,
        tests=[{"item": f"articles/{word}.txt", "expect": {"text": word}} for word in ENDS]
        + [{"text": "well", "expect": {"extra.deed.done": True}}],
    )
    return desk


@pytest.mark.parametrize(("word", "reason"), ENDS.items())
def test_end_is_explained(desk: Desk, word: str, reason: str) -> None:
    """A step that hangs or dies is told with what the steps before it did, as by a run."""
    done = desk.copydesk("explain", "chain.yaml", f"{word}.txt")
    told = done.stdout.splitlines()

    assert 1 == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    assert f"  text/plain, {len(word)} bytes, chain.yaml" == told[1]
    assert any(line.startswith("1 chardet ") and "  done  " in line for line in told)
    (end,) = (line for line in told if line.startswith("quarantined: by deed: "))
    assert f"quarantined: by deed: {reason}" in end


def test_end_in_the_first_step(desk: Desk) -> None:
    """Where the first step hangs there is nothing before it to tell."""
    reading = PLUGIN.replace("document.text", "document.raw.decode()")
    desk.write("plugin.py", reading.replace("gives=", 'needs=("raw",), gives='))
    desk.write_chain("x.deed", "encoding.chardet", plugins=["./plugin.py"], timeout_seconds=1)
    found = explain(desk, "hang.txt", code=1)

    assert ([], "deed", 4) == (found["steps"], found["step"], found["size"])
    assert "timed out after 1 s in step deed" == found["reason"]


def test_noise_is_kept_off_the_output(desk: Desk) -> None:
    """What steps and their libraries print does not come before the JSON."""
    found = explain(desk, "well.txt")

    assert "done" == found["outcome"]
    assert [{"field": "extra.deed.done", "before": None, "after": True}] == (
        found["steps"][1]["other"]
    )


def test_each_bad_document_is_one_failed_test(desk: Desk) -> None:
    """Documents that hang or kill their process fail their own tests, and the others go on."""
    done = desk.copydesk("test", "chain.yaml")

    assert 1 == done.returncode, done.stderr
    lines = done.stdout.splitlines()
    names = [line.rpartition(" s")[0].rsplit(" ", 1)[0] for line in lines[: len(ENDS) + 1]]
    assert [
        *(f"chain.yaml::{word}.txt FAILED" for word in ENDS),
        "chain.yaml::well PASSED",
    ] == names
    for reason in ENDS.values():
        assert any(f"outcome: found quarantined by deed: {reason}" in line for line in lines)
    assert f"{len(ENDS)} failed, 1 passed" in lines[-1]


def test_ctrl_c_ends_it_at_once(desk: Desk) -> None:
    """Ctrl-C does not wait for a step that hangs, and leaves no process behind."""
    desk.write("plugin.py", PLUGIN.replace('print("noise', 'print(os.getpid(), "noise'))
    words = [sys.executable, "-m", "copydesk.cli", "explain", "chain.yaml", "hang.txt"]
    words += ["--set", "timeout_seconds=300"]
    with subprocess.Popen(
        words, cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as command:
        assert command.stderr is not None
        worker = int(command.stderr.readline().split()[0])
        began = monotonic()
        command.send_signal(signal.SIGINT)
        assert "copydesk: interrupted" in command.stderr.read()
        assert 130 == command.wait()
        assert monotonic() - began < 3

    for _ in range(100):
        if not _lives(worker):
            break
        sleep(0.02)
    assert not _lives(worker)


def explain(desk: Desk, name: str, code: int = 0) -> dict[str, Any]:
    """Return the explanation of a document as data."""
    done = desk.copydesk("explain", "chain.yaml", name, "--json")
    assert code == done.returncode, done.stderr
    assert "noise of a step" in done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True

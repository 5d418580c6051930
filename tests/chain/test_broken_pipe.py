"""A reader that goes away: of the talk on stderr, or of the data on stdout."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from copydesk.testing import Desk


@pytest.fixture
def newsroom(desk: Desk) -> Desk:
    """Return a desk with a chain and fifty articles."""
    for number in range(50):
        desk.write(f"articles/{number:02}.txt", f"Article {number} of the day. " * 500)
    desk.write_chain("encoding.chardet")
    return desk


def into_nothing(desk: Desk, words: list[str], stream: str) -> subprocess.CompletedProcess[str]:
    """Run a verb with one of its streams going into a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    other = "stdout" if stream == "stderr" else "stderr"
    try:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [sys.executable, "-m", "copydesk.cli", *words],
            cwd=desk.folder,
            text=True,
            timeout=120,
            check=False,
            **{stream: writing, other: subprocess.PIPE},  # type: ignore[call-overload]
        )
        return done
    finally:
        os.close(writing)


@pytest.mark.parametrize("log", [[], ["--json-log"]])
def test_run_goes_on_without_a_listener(newsroom: Desk, log: list[str]) -> None:
    """When nobody hears what a run has to say it does its work to the end all the same."""
    done = into_nothing(newsroom, ["run", "chain.yaml", *log], "stderr")

    assert 0 == done.returncode
    assert 50 == len(newsroom.records())
    (run,) = newsroom.copydesk("runs", "--store", "out.db").stdout.splitlines()
    assert run.endswith("done 50")


def test_data_without_a_reader_ends_quietly(newsroom: Desk) -> None:
    """When nobody reads the data, as after `| head`, the verb ends well and says nothing."""
    newsroom.run()

    done = into_nothing(newsroom, ["export", "--store", "out.db"], "stdout")

    assert (0, "") == (done.returncode, done.stderr)

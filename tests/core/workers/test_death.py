"""Tests of what is said about a worker's death."""

from __future__ import annotations

import math
import signal

import pytest

from copydesk.api import Item
from copydesk.workers.death import Death
from copydesk.workers.slot import READING, SENDING, Place

LABELS = ("decode", "names")
AGAIN = ", and so did the worker that tried it again"


@pytest.mark.parametrize(
    ("death", "step", "reason"),
    [
        (Death(-9, "deadline"), 1, "timed out after 20 s in step names"),
        (Death(-9, "deadline"), READING, "timed out after 20 s at the read"),
        (
            Death(-9, "memory", 300),
            0,
            f"the worker held 300 MiB, more than max_memory_mb, in step decode{AGAIN}",
        ),
        (
            Death(-signal.SIGSEGV),
            0,
            f"the worker was killed by SIGSEGV (segmentation fault) in step decode{AGAIN}",
        ),
        (Death(-40), 0, f"the worker was killed by signal 40 in step decode{AGAIN}"),
        (Death(3), 1, f"the worker ended itself with exit status 3 in step names{AGAIN}"),
        (
            Death(3),
            2,
            f"the worker ended itself with exit status 3 while its record was made{AGAIN}",
        ),
        (
            Death(-9),
            SENDING,
            f"the worker was killed by SIGKILL (killed) while its record was sent{AGAIN}",
        ),
        (
            Death(-9, "nursery"),
            1,
            f"the process that looks after the workers was killed in step names{AGAIN}",
        ),
        (
            Death(-9, "damage"),
            SENDING,
            f"something wrote to the worker's connection to the main process{AGAIN}",
        ),
    ],
)
def test_reason(death: Death, step: int, reason: str) -> None:
    """The reason says what happened, where, and that it happened twice."""
    outcome = death.blame(Item("a", "b"), Place(7, step, math.inf, 20.0), LABELS, "")

    assert reason == outcome.reason
    assert ("a#b", "quarantined") == (outcome.key, outcome.state)
    assert (LABELS[step] if 0 <= step < 2 else "") == outcome.step


def test_stack() -> None:
    """The stack that the worker has written is the traceback."""
    outcome = Death(-11).blame(Item("a"), Place(7, 0, math.inf, 20.0), LABELS, "File x")

    assert "File x" == outcome.traceback


def test_one_try_or_two() -> None:
    """Only taking too long is not tried again."""
    assert Death(-9, "deadline").is_final
    assert not Death(-9, "memory").is_final
    assert not Death(-9).is_final


@pytest.mark.parametrize(
    ("death", "words"),
    [
        (Death(3, "nursery"), "the process that builds the steps ended itself with exit status 3"),
        (Death(-11), "a worker was killed by SIGSEGV (segmentation fault)"),
        (Death(-9, "memory", 300), "a worker held 300 MiB, more than max_memory_mb"),
    ],
)
def test_nobody_to_blame(death: Death, words: str) -> None:
    """A death that no item is to blame for says which process died."""
    assert words == death.describe()

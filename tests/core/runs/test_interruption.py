"""Signals end a run, but not in the middle of a commit."""

from __future__ import annotations

import signal
import threading

import pytest

from copydesk.runs.interruption import ended_by_sigterm, undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_waits_for_the_end_of_a_commit(number: signal.Signals) -> None:
    """A signal inside an undisturbed block takes effect right after it."""
    passed = []

    def commit() -> None:
        with ended_by_sigterm():
            with undisturbed():
                signal.raise_signal(number)
                passed.append("inside")
            passed.append("after")

    with pytest.raises(KeyboardInterrupt):
        commit()
    assert ["inside"] == passed


def test_second_sigterm_does_not_disturb_the_end() -> None:
    """What cleans up after the first SIGTERM is not interrupted by another."""
    cleaned = []

    def run() -> None:
        with ended_by_sigterm():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                signal.raise_signal(signal.SIGTERM)
                cleaned.append("all")

    with pytest.raises(KeyboardInterrupt):
        run()
    assert ["all"] == cleaned


def test_signals_are_as_before_afterwards() -> None:
    """Neither the handler nor the mask of the process stays changed."""
    before = signal.getsignal(signal.SIGTERM), signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with ended_by_sigterm(), undisturbed():
        pass

    assert before == (
        signal.getsignal(signal.SIGTERM),
        signal.pthread_sigmask(signal.SIG_BLOCK, ()),
    )


def test_other_threads_leave_signals_alone() -> None:
    """Outside the main thread, where handlers cannot be set, the block just runs."""
    ran = []

    def work() -> None:
        with ended_by_sigterm():
            ran.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert [True] == ran

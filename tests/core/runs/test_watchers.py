"""Plugins that watch a run are told, and cannot change it."""

from __future__ import annotations

import logging

import pluggy
import pytest

from copydesk import hookspecs
from copydesk.api import Outcome, Run, hookimpl
from copydesk.runs.watchers import Watchers


class Diary:
    """A plugin that writes down what it is told."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    @hookimpl
    def copydesk_run_started(self, items: int) -> None:
        """Note the number of items."""
        self.heard.append(items)

    @hookimpl
    def copydesk_document_finished(self, outcome: Outcome) -> None:
        """Note a good one."""
        self.heard.append(f"good {outcome.key}")

    @hookimpl
    def copydesk_document_failed(self, outcome: Outcome) -> None:
        """Note a bad one."""
        self.heard.append(f"bad {outcome.key}")

    @hookimpl
    def copydesk_run_finished(self, counts: dict[str, int]) -> None:
        """Note the counts, and try to spoil them."""
        self.heard.append(dict(counts))
        counts.clear()


class Clumsy:
    """A plugin that fails at everything."""

    def __init__(self, error: type[BaseException] = ValueError) -> None:
        self.error = error

    @hookimpl
    def copydesk_run_started(self, run: Run) -> None:
        """Fail."""
        raise self.error(f"no run for me: {run.chain}")


def make(*plugins: object) -> Watchers:
    """Return the watchers of some plugins."""
    manager = pluggy.PluginManager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    for plugin in plugins:
        manager.register(plugin)
    return Watchers(manager)


def test_each_event_is_told_once() -> None:
    """A watcher hears start, good and bad documents, and the end, with what it asked for."""
    diary = Diary()
    watchers = make(diary)
    counts = {"done": 1}

    watchers.run_started(Run("now", "c.yaml", "in", "f"), 3)
    watchers.document(Outcome("a", "done"))
    watchers.document(Outcome("b", "dropped"))
    watchers.document(Outcome("c", "quarantined"))
    watchers.run_finished(counts)

    assert [3, "good a", "good b", "bad c", {"done": 1}] == diary.heard
    assert {"done": 1} == counts


@pytest.mark.parametrize("error", [ValueError, SystemExit, GeneratorExit])
def test_failing_watcher_is_logged_and_passed_over(
    error: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    """A watcher that raises, or exits, is logged by name; the others and the run go on."""
    diary = Diary()

    with caplog.at_level(logging.WARNING):
        make(diary, Clumsy(error)).run_started(Run("now", "c.yaml", "in", "f"), 2)

    assert [2] == diary.heard
    assert f"{error.__name__}: no run for me: c.yaml" in caplog.text


def test_interruption_passes_a_watcher() -> None:
    """Ctrl-C while a watcher is told ends the run, as anywhere else."""
    with pytest.raises(KeyboardInterrupt):
        make(Clumsy(KeyboardInterrupt)).run_started(Run("now", "c.yaml", "in", "f"), 2)

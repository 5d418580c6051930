"""Tells the plugins that watch a run what happens; none of them can change it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import pluggy

from copydesk.ledger import Outcome, Run
from copydesk.reason import explain

_log = logging.getLogger(__name__)


class Watchers:
    """The watching hooks of all loaded plugins."""

    def __init__(
        self, manager: pluggy.PluginManager, settle: Callable[[], None] = lambda: None
    ) -> None:
        """Take the plugins, and what is to be called when all of a commit have been told."""
        self._manager = manager
        self.settle = settle
        hook = manager.hook
        self._finished = bool(hook.copydesk_document_finished.get_hookimpls())
        self._failed = bool(hook.copydesk_document_failed.get_hookimpls())

    def run_started(self, run: Run, items: int) -> None:
        """A run begins and has so many items to process."""
        self._tell("copydesk_run_started", run=run, items=items)

    def document(self, outcome: Outcome) -> None:
        """An item has its outcome, and it is committed."""
        if outcome.state == "quarantined":
            if self._failed:
                self._tell("copydesk_document_failed", outcome=outcome)
        elif self._finished:
            self._tell("copydesk_document_finished", outcome=outcome)

    def run_finished(self, counts: Mapping[str, int]) -> None:
        """A run has ended."""
        self._tell("copydesk_run_finished", counts=dict(counts))

    def _tell(self, name: str, **facts: Any) -> None:
        caller = getattr(self._manager.hook, name)
        for implementation in caller.get_hookimpls():
            try:
                implementation.function(*[facts[name] for name in implementation.argnames])
            except KeyboardInterrupt:  # it may be the terminal's
                raise
            except BaseException as error:  # noqa: BLE001 - a watcher cannot change a run, nor end it
                _log.warning("%s: %s: %s", implementation.plugin_name, name, explain(error))

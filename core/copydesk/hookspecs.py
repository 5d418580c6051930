"""The hooks that a plugin may implement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pluggy

from copydesk.ledger import Outcome, Run
from copydesk.spec import ExecutorSpec, SourceSpec, StepSpec, StoreSpec

GROUP = "copydesk"
"""The entry-point group, and the name of the project for pluggy."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin module as an implementation of a hook."""


@hookspec
def copydesk_sources() -> Iterable[SourceSpec[Any]]:
    """Offer sources. Called once, when plugins are loaded; the chain's `source:` picks one."""
    return ()


@hookspec
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer steps. Called once, when plugins are loaded; the chain lists those to run, in order."""
    return ()


@hookspec
def copydesk_stores() -> Iterable[StoreSpec[Any]]:
    """Offer stores. Called once, when plugins are loaded; the chain's `store:` picks one."""
    return ()


@hookspec
def copydesk_executors() -> Iterable[ExecutorSpec[Any]]:
    """Offer executors. Called once, when plugins are loaded; the chain's `executor:` picks one."""
    return ()


@hookspec
def copydesk_run_started(run: Run, items: int) -> None:
    """Watch: a run begins, with `items` to process. Called in the parent; returns nothing."""


@hookspec
def copydesk_document_finished(outcome: Outcome) -> None:
    """Watch: an item is done or dropped, and committed. Called in the parent."""


@hookspec
def copydesk_document_failed(outcome: Outcome) -> None:
    """Watch: an item went to quarantine, and that is committed. Called in the parent."""


@hookspec
def copydesk_run_finished(counts: Mapping[str, int]) -> None:
    """Watch: a run has ended; `counts` has the number of items by outcome. Called in the parent."""

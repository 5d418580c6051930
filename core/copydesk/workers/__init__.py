"""The executor `local`: processes on this machine that can be killed, one document the worse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.hookspecs import hookimpl
from copydesk.spec import Executor, ExecutorSpec
from copydesk.workers.options import Options

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_executors() -> Iterable[ExecutorSpec[Any]]:
    """Offer the executor."""
    return [ExecutorSpec("local", Options, _build)]


def _build(options: Options) -> Executor:
    # Listing plugins needs neither sockets nor selectors.
    from copydesk.workers.local import Local  # noqa: PLC0415

    return Local(options)

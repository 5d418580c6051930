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
    return [ExecutorSpec("local", Options, build)]


def build(options: Options) -> Executor:
    """Run the work in processes on this machine, each killed when it takes too long or too much."""
    # Listing plugins needs neither sockets nor selectors.
    from copydesk.workers.local import Local  # noqa: PLC0415

    return Local(options)

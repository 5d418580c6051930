"""Runs a chain for a verb: opens it, shows progress, prints the summary, chooses the exit code."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from copydesk.chain_arguments import read_overrides
from copydesk.config import Config
from copydesk.opening import leave_fresh, open_chain
from copydesk.plans.request import Request
from copydesk.runs.interruption import ended_by_sigterm
from copydesk.runs.log import open_log
from copydesk.runs.report import progress_for, say, summarize, to_json, write_line
from copydesk.runs.run import Manner, run
from copydesk.runs.watchers import Watchers


def run_and_tell(
    arguments: argparse.Namespace,
    request: Request,
    *,
    prune: bool = False,
    quiet_seconds: float | None = None,
) -> int:
    """Run the chain of the command line; 1 if documents are in quarantine at the end."""
    config, registry = open_chain(
        arguments.config,
        arguments.source,
        arguments.store,
        arguments.workers,
        overrides=read_overrides(arguments),
    )
    if quiet_seconds is not None:
        config = leave_fresh(config, quiet_seconds)
    manner = Manner(request, prune, not arguments.no_cache, arguments.keep_runs)
    to_stderr = arguments.json_log
    with (
        progress_for(arguments.config, is_silent=to_stderr) as progress,
        open_log(config, to_stderr=to_stderr) as log,
        ended_by_sigterm(),
    ):
        registry.manager.register(log, "log")
        summary = run(config, Watchers(registry.manager, log.write), progress, manner)
    if to_stderr:
        write_line(f'{{"summary":{to_json(summary)}}}')
    else:
        summarize(summary, progress.elapsed)
        for line in _next_steps(config, waiting=summary.counts["quarantined"] > 0):
            say(line)
    if arguments.json:
        print(to_json(summary))
    return 1 if summary.counts["quarantined"] else 0


def _next_steps(config: Config, *, waiting: bool) -> Iterator[str]:
    """Yield the commands that lead on from here, for a store with a place."""
    path = getattr(config.store.options, "path", None)
    if not isinstance(path, Path):
        return
    place = ["--store", os.path.relpath(path)]
    if config.store.use != "sqlite":
        place += ["--use", config.store.use]
    yield f"  records      {shlex.join(['copydesk', 'export', *place])}"
    if waiting:
        yield f"  quarantine   {shlex.join(['copydesk', 'quarantine', 'list', *place])}"

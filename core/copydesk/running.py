"""Runs a chain for a verb: opens it, shows progress, prints the summary, chooses the exit code."""

from __future__ import annotations

import argparse

from copydesk.opening import open_chain
from copydesk.plan import Request
from copydesk.report import progress_for, summarize, to_json
from copydesk.run import Manner, run
from copydesk.watchers import Watchers


def run_and_tell(arguments: argparse.Namespace, request: Request, *, prune: bool = False) -> int:
    """Run the chain of the command line; 1 if documents are in quarantine at the end."""
    config, registry = open_chain(
        arguments.config, arguments.source, arguments.store, arguments.workers
    )
    manner = Manner(request, prune, not arguments.no_cache, arguments.keep_runs)
    with progress_for(arguments.config) as progress:
        summary = run(config, Watchers(registry.manager), progress, manner)
    summarize(summary, progress.elapsed)
    if arguments.json:
        print(to_json(summary))
    return 1 if summary.counts["quarantined"] else 0

"""Bring the records of a store up to date with a source, as the chain says."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "process what is new, changed or stale"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("config", type=Path, metavar="CONFIG", help="the chain, in YAML")
    parser.add_argument(
        "source", type=Path, nargs="?", metavar="SOURCE_PATH", help="instead of the source's path"
    )
    parser.add_argument("--store", type=Path, metavar="PATH", help="instead of the store's path")
    parser.add_argument(
        "--limit", type=_count, metavar="N", help="process no more than N items this time"
    )
    parser.add_argument(
        "--workers", type=_workers, metavar="N|auto", help="worker processes; auto: one a core"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON to stdout")


def execute(arguments: argparse.Namespace) -> int:
    """Run the chain and print the summary."""
    from copydesk.opening import open_chain
    from copydesk.report import progress_for, summarize, to_json
    from copydesk.run import run
    from copydesk.watchers import Watchers

    config, registry = open_chain(
        arguments.config, arguments.source, arguments.store, arguments.workers
    )
    with progress_for(arguments.config) as progress:
        summary = run(config, Watchers(registry.manager), progress, arguments.limit)
    summarize(summary, progress.elapsed)
    if arguments.json:
        print(to_json(summary))
    return 1 if summary.counts["quarantined"] else 0


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _workers(text: str) -> int | str:
    return "auto" if text == "auto" else _count(text)

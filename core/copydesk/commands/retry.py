"""Try documents in quarantine again, all or those that a step or an error put there."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.chain_arguments import add_chain, read_overrides
from copydesk.commands.run import add_manner

HELP = "try documents in quarantine again"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_chain(parser)
    parser.add_argument(
        "source", type=Path, nargs="?", metavar="SOURCE_PATH", help="instead of the source's path"
    )
    parser.add_argument("--store", metavar="PATH", help="instead of the store's path")
    parser.add_argument("--step", metavar="LABEL", help="only those that this step failed on")
    parser.add_argument("--error", metavar="TEXT", help="only those whose error contains this")
    add_manner(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Run the chain over what waits, and print the summary."""
    from copydesk.opening import open_chain
    from copydesk.plans.request import Request
    from copydesk.runs.running import run_and_tell
    from copydesk.upkeep.quarantine import waiting

    config, _ = open_chain(
        arguments.config, arguments.source, arguments.store, overrides=read_overrides(arguments)
    )
    keys = waiting(config, arguments.step, arguments.error)
    return run_and_tell(arguments, Request(only=keys))

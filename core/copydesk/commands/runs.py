"""List the runs that a store remembers: when, which chain, what they came to."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

HELP = "list the runs of a store"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--store", type=Path, required=True, metavar="PATH", help="the store")
    parser.add_argument("--use", default="sqlite", metavar="NAME", help="default: sqlite")
    parser.add_argument("--json", action="store_true", help="print JSON, with every step")


def execute(arguments: argparse.Namespace) -> int:
    """Print the runs, newest first."""
    import attrs

    from copydesk.opening import open_store

    store = open_store(arguments.use, arguments.store)
    try:
        runs = list(store.runs())
    finally:
        store.close()
    if arguments.json:
        print(json.dumps([attrs.asdict(run) for run in runs], ensure_ascii=False, indent=2))
        return 0
    for run in runs:
        counts = ", ".join(f"{state} {count}" for state, count in run.counts.items())
        print(f"{run.number:>4}  {run.started}  {run.chain}  {counts or 'did not end'}")
    return 0

"""List the runs that a store remembers: when, which chain, what they came to."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from copydesk.printable import make_printable

if TYPE_CHECKING:
    from copydesk.ledger import Run

HELP = "list the runs of a store"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--store", required=True, metavar="PATH", help="the store")
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
        line = f"{run.number:>4}  {run.started}  {run.chain}  {_describe(run)}"
        print(make_printable(line))
    return 0


def _describe(run: Run) -> str:
    """Return what a run came to, and whether the store can go back to it."""
    counts = ", ".join(f"{state} {count}" for state, count in sorted(run.counts.items()) if count)
    words = [] if run.back_to is None else [f"back to run {run.back_to}"]
    words.append(counts or ("did not end" if run.finished is None else "nothing changed"))
    return ", ".join(words if run.kept else [*words, "pruned"])

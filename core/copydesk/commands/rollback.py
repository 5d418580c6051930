"""Make the records of an earlier run the current ones; that is a run too, and can be undone."""

from __future__ import annotations

import argparse
import json
import sys

HELP = "go back to the records of an earlier run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("run", type=int, metavar="RUN", help="its number, as `runs` lists it")
    parser.add_argument("--store", required=True, metavar="PATH", help="the store")
    parser.add_argument("--use", default="sqlite", metavar="NAME", help="default: sqlite")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Go back, and say what that changed."""
    from contextlib import closing

    from copydesk.opening import open_store
    from copydesk.runs.generations import roll_back

    with closing(open_store(arguments.use, arguments.store)) as store:
        made = roll_back(store, arguments.use, arguments.run)
    if arguments.json:
        print(json.dumps({"run": made.run, "back_to": arguments.run, **made.counts}))
    restored, withdrawn = made.counts["restored"], made.counts["withdrawn"]
    print(
        f"run {made.run}: the records of run {arguments.run}, begun {made.back_to.started}, are "
        f"current again: {restored} items restored, {withdrawn} withdrawn; "
        "`copydesk plan` says what is stale now",
        file=sys.stderr,
    )
    return 0

"""Show what a store keeps of the results of steps, or empty it; records are not touched."""

from __future__ import annotations

import argparse
import json

HELP = "show or clear the kept results of steps"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--store", required=True, metavar="PATH", help="the store")
    parser.add_argument("--use", default="sqlite", metavar="NAME", help="default: sqlite")
    parser.add_argument("--clear", action="store_true", help="forget all of them")
    parser.add_argument("--json", action="store_true", help="print JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Print how many results are kept and their size, before and after."""
    from contextlib import closing

    from copydesk.errors import StoreError
    from copydesk.opening import open_store
    from copydesk.spec import KeepsResults

    with closing(open_store(arguments.use, arguments.store)) as store:
        if not isinstance(store, KeepsResults):
            raise StoreError(f"the store '{arguments.use}' keeps no results of steps")
        count, size = store.count_results()
        if arguments.clear:
            store.clear_results()
    if arguments.json:
        print(json.dumps({"results": count, "bytes": size, "cleared": arguments.clear}))
    else:
        fate = "cleared: " if arguments.clear else ""
        print(f"{fate}{count} results of steps, {size / 1e6:.1f} MB")
    return 0

"""Join stores into one, such as those that `run --shard I/N` made; of the same item the newest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from copydesk.printable import make_printable

HELP = "join stores into one"

_MOST = 5  # contested items that are named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("into", metavar="OUT", help="the store to join them in; made if missing")
    parser.add_argument("sources", nargs="+", metavar="IN", help="stores, which stay as they are")
    parser.add_argument("--use", default="sqlite", metavar="NAME", help="default: sqlite")
    parser.add_argument("--from", metavar="NAME", help="the kind of the others (default: as --use)")


def execute(arguments: argparse.Namespace) -> int:
    """Merge one store after the other, each in one transaction."""
    from contextlib import ExitStack, closing

    from copydesk.opening import make_store, open_store
    from copydesk.place import hide_password
    from copydesk.upkeep.merge import merge

    kind = vars(arguments)["from"] or arguments.use
    with ExitStack() as stores:
        # All are opened before one is written: a mistake in a name is told before anything is done.
        sources = [
            (hide_password(path), stores.enter_context(closing(open_store(kind, path))))
            for path in arguments.sources
        ]
        into = stores.enter_context(closing(make_store(arguments.use, arguments.into)))
        for path, source in sources:
            merged = merge(into, source)
            print(
                f"{path}: {merged.added} items joined, {merged.known} already here, "
                f"{merged.runs} runs",
                file=sys.stderr,
            )
            _tell_contested(path, merged.contested)
    return 0


def _tell_contested(path: str, contested: Mapping[str, bool]) -> None:
    """Name the items that were in both, and say whose stayed."""
    if not contested:
        return
    print(f"  {len(contested)} items were in both; the newest stayed:", file=sys.stderr)
    for key, newer in list(contested.items())[:_MOST]:
        words = make_printable(f"{key}: {f'from {path}' if newer else 'the one here'}")
        print(f"    {words}", file=sys.stderr)
    if len(contested) > _MOST:
        print(f"    and {len(contested) - _MOST} more", file=sys.stderr)

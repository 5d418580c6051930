"""Re-read the sources and hold every record to them: hash, segments, removed pieces, entities."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from copydesk.chain_arguments import add_chain, read_overrides

HELP = "hold every record to its source"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_chain(parser)
    parser.add_argument(
        "source", type=Path, nargs="?", metavar="SOURCE_PATH", help="instead of the source's path"
    )
    parser.add_argument("--store", metavar="PATH", help="instead of the store's path")
    parser.add_argument("--json", action="store_true", help="print JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Print what does not hold; 1 if a record is false."""
    from copydesk.opening import open_chain
    from copydesk.printable import make_printable
    from copydesk.upkeep.verify import verify

    config, _ = open_chain(
        arguments.config, arguments.source, arguments.store, overrides=read_overrides(arguments)
    )
    made = verify(config)
    if arguments.json:
        rows = [{"key": key, "verdict": verdict, "finding": f} for key, verdict, f in made.findings]
        print(json.dumps({"counts": made.counts, "findings": rows}, ensure_ascii=False, indent=2))
    else:
        for key, verdict, finding in made.findings:
            print(f"{verdict:<8} {make_printable(f'{key}: {finding}')}")
    counts = ", ".join(f"{count} {verdict}" for verdict, count in made.counts.items())
    print(f"{counts or 'no records'}", file=sys.stderr)
    return 1 if made.counts["false"] else 0

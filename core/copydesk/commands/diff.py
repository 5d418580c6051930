"""Compare what two chains, two stores, or a chain and a store make of the same documents."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from copydesk.chain_arguments import add_overrides, read_overrides
from copydesk.commands.run import read_count, read_workers

HELP = "compare chains or stores, field by field"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("before", metavar="A", help="a chain (.yaml), or a store")
    parser.add_argument("after", metavar="B", help="the other one")
    parser.add_argument(
        "source", type=Path, nargs="?", metavar="SOURCE_PATH", help="instead of the source's path"
    )
    parser.add_argument("--use", default="sqlite", metavar="NAME", help="default: sqlite")
    parser.add_argument(
        "--limit", type=read_count, metavar="N", help="compare no more than N documents"
    )
    parser.add_argument("--list", action="store_true", help="name every document that differs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--workers", type=read_workers, metavar="N|auto", help="worker processes; auto: one a core"
    )
    add_overrides(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print what differs; 1 if anything does."""
    from copydesk.difference.sides import Asked, compare_sides
    from copydesk.difference.telling import tell, to_plain
    from copydesk.printing.terminal import paint_for_output
    from copydesk.runs.report import progress_for

    asked = Asked(
        arguments.before, arguments.after, arguments.use, arguments.source, arguments.workers,
        read_overrides(arguments), arguments.limit, arguments.list,
    )  # fmt: skip
    with progress_for("diff") as progress:
        tally = compare_sides(asked, progress)
    if arguments.json:
        print(json.dumps(to_plain(tally), ensure_ascii=False, indent=2))
    else:
        for line in tell(tally, paint_for_output()):
            print(line)
    return 1 if tally.differ else 0

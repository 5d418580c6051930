"""Write the current records of a store as JSON Lines or CSV."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "write records as JSONL or CSV"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--store", required=True, metavar="PATH", help="the store")
    parser.add_argument(
        "--use", default="sqlite", metavar="NAME", help="the kind of store (default: sqlite)"
    )
    parser.add_argument(
        "--format", choices=("jsonl", "csv"), default="jsonl", help="default: jsonl"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")


def execute(arguments: argparse.Namespace) -> int:
    """Write the records, each once, ordered by key."""
    from copydesk.export import open_output, write_csv, write_jsonl
    from copydesk.opening import open_store

    write = write_csv if arguments.format == "csv" else write_jsonl
    store = open_store(arguments.use, arguments.store)
    try:
        with open_output(arguments.output) as output:
            count = write(store.records(), output)
    finally:
        store.close()
    if arguments.output:
        print(f"{count} records written to {arguments.output}", file=sys.stderr)
    return 0

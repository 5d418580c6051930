"""Write the current records of a store as JSON Lines, CSV or Parquet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "write records as JSONL, CSV or Parquet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--store", required=True, metavar="PATH", help="the store")
    parser.add_argument(
        "--use", default="sqlite", metavar="NAME", help="the kind of store (default: sqlite)"
    )
    parser.add_argument(
        "--format", choices=("jsonl", "csv", "parquet"), default="jsonl", help="default: jsonl"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")


def execute(arguments: argparse.Namespace) -> int:
    """Write the records, each once, ordered by key."""
    from copydesk.errors import CopydeskError
    from copydesk.formats.damage import naming_damage
    from copydesk.formats.export import write_csv, write_jsonl
    from copydesk.formats.output import check_output, open_output
    from copydesk.formats.parquet import write_parquet
    from copydesk.opening import open_store
    from copydesk.place import hide_password

    writers = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}
    if arguments.format == "parquet" and arguments.output is None:
        raise CopydeskError("--format parquet: a file of columns is no stream; add --output FILE")
    check_output(arguments.output, arguments.store)
    write, place = writers[arguments.format], hide_password(arguments.store)
    store = open_store(arguments.use, arguments.store)
    try:
        with naming_damage(store, place), open_output(arguments.output) as output:
            count = write(store.records(), output)
    finally:
        store.close()
    if arguments.output:
        print(f"{count} records written to {arguments.output}", file=sys.stderr)
    return 0

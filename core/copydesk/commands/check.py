"""Lint chains: tell every fault at once, as file:line:column, before any document is read."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

HELP = "lint a chain"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("config", type=Path, nargs="+", metavar="CONFIG", help="chains, in YAML")
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="for people, for programs or for GitHub's annotations (default: text)",
    )


def execute(arguments: argparse.Namespace) -> int:
    """Print the faults of each chain; 2 if there is one."""
    from copydesk.config.load import check
    from copydesk.fault_format import write_faults
    from copydesk.opening import open_registry

    faults = [fault for path in arguments.config for fault in check(path, open_registry(path))]
    is_coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    written = write_faults(faults, arguments.format, is_coloured=is_coloured)
    if written:
        print(written)
    if not faults:
        print(f"{', '.join(map(str, arguments.config))}: no faults", file=sys.stderr)
    return 2 if any(fault.severity == "error" for fault in faults) else 0

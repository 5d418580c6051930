"""Lint chains: tell every fault at once, as file:line:column, before any document is read."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.chain_arguments import add_overrides, read_overrides

if TYPE_CHECKING:
    from copydesk.config.composition import Overrides

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
    parser.add_argument(
        "--resolved",
        action="store_true",
        help="print each chain as it is put together, and where each value came from",
    )
    add_overrides(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print the faults of each chain; 2 if there is one."""
    from copydesk.opening import check_chain
    from copydesk.printing.faults import write_faults

    overrides = read_overrides(arguments)
    faults = [fault for path in arguments.config for fault in check_chain(path, overrides)]
    is_coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    written = write_faults(faults, arguments.format, is_coloured=is_coloured)
    has_errors = any(fault.severity == "error" for fault in faults)
    if arguments.resolved and not has_errors:
        _print_resolved(arguments.config, overrides)
    if written:
        print(written, file=sys.stderr if arguments.resolved else sys.stdout)
    if not faults:
        print(f"{', '.join(map(str, arguments.config))}: no faults", file=sys.stderr)
    return 2 if has_errors else 0


def _print_resolved(paths: list[Path], overrides: Overrides) -> None:
    """Print chains without a fault, one document each."""
    from copydesk.config.composition import compose
    from copydesk.config.resolved import write_resolved

    for place, path in enumerate(paths):
        root = compose(path, overrides).root
        if root is not None:
            print("---\n" if place else "", write_resolved(root), sep="", end="")

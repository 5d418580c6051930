"""Print the JSON Schema of records, or of chains with the options of every installed plugin."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

HELP = "print the JSON Schema of records or chains"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("what", choices=("record", "config"), help="which schema")
    more = parser.add_mutually_exclusive_group()
    more.add_argument(
        "--config", type=Path, metavar="CONFIG", help="with what the plugins of this chain add"
    )
    more.add_argument(
        "--installed",
        action="store_true",
        help="of records: with what any installed step adds; of chains it is the default",
    )


def execute(arguments: argparse.Namespace) -> int:
    """Print the schema, indented."""
    print(json.dumps(_describe(arguments), indent=2, ensure_ascii=False))
    return 0


def _describe(arguments: argparse.Namespace) -> dict[str, Any]:
    from copydesk.opening import open_chain, open_registry
    from copydesk.registry import Registry
    from copydesk.schemas.additions import describe_chain, describe_installed
    from copydesk.schemas.chains import describe_config
    from copydesk.schemas.classes import describe_record

    if arguments.what == "config":
        config = arguments.config
        return describe_config(open_registry(config) if config else Registry.installed())
    if arguments.config:
        return describe_chain([step.offer for step in open_chain(arguments.config)[0].chain])
    if arguments.installed:
        return describe_installed(Registry.installed().offers("step"))
    return describe_record()

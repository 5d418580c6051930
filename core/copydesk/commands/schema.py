"""Print the JSON Schema of records, or of chains with the options of every installed plugin."""

from __future__ import annotations

import argparse
import json

HELP = "print the JSON Schema of records or chains"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("what", choices=("record", "config"), help="which schema")


def execute(arguments: argparse.Namespace) -> int:
    """Print the schema, indented."""
    from copydesk.registry import Registry
    from copydesk.schemas.chains import describe_config
    from copydesk.schemas.classes import describe_record

    if arguments.what == "record":
        schema = describe_record()
    else:
        schema = describe_config(Registry.installed())
    print(json.dumps(schema, indent=2, ensure_ascii=False))
    return 0

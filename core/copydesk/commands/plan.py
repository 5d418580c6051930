"""Say what a run would do, and why, before any work is done."""

from __future__ import annotations

import argparse
import json

from copydesk.chain_arguments import add_chain, read_overrides
from copydesk.commands.run import add_request, read_request

HELP = "say what a run would do, and why"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_chain(parser)
    add_request(parser)
    parser.add_argument("--list", action="store_true", help="name every item and its verdict")
    parser.add_argument("--json", action="store_true", help="print JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Print the plan; nothing is written."""
    from copydesk.opening import open_chain
    from copydesk.plans.planning import forecast
    from copydesk.printing.forecast import print_plan, to_plain

    config, _ = open_chain(
        arguments.config, arguments.source, arguments.store, overrides=read_overrides(arguments)
    )
    made = forecast(config, read_request(arguments), lambda: None)
    if arguments.json:
        print(json.dumps(to_plain(made, listing=arguments.list), ensure_ascii=False, indent=2))
    else:
        print_plan(made, listing=arguments.list)
    return 0

"""List what the installed plugins offer, or show one of them whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.chain_arguments import add_no_external

HELP = "list plugins, or show one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    _add_common(parser)
    parser.set_defaults(action="list", name=None)
    actions = parser.add_subparsers(metavar="ACTION")
    listing = actions.add_parser("list", help="every source, step, store and executor")
    listing.set_defaults(action="list")
    _add_common(listing)
    add_no_external(listing)
    show = actions.add_parser("show", help="one of them: its options, needs and gives")
    show.set_defaults(action="show")
    show.add_argument("name", metavar="NAME", help="such as encoding.chardet")
    _add_common(show)
    add_no_external(show)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", type=Path, metavar="CONFIG", help="also the files that this chain lists"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Print the list or the one; plugins that could not be loaded are told on stderr."""
    from copydesk.opening import open_registry
    from copydesk.printing.catalogue import list_plugins, show_plugin
    from copydesk.registry import Registry

    registry = open_registry(arguments.config) if arguments.config else Registry.installed()
    if arguments.action == "show":
        return show_plugin(registry, arguments.name, as_json=arguments.json)
    return list_plugins(registry, as_json=arguments.json)

"""List what installed plugins offer, show one whole, look for what is wrong, or begin one."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.chain_arguments import add_no_external
from copydesk.commands import plugins_new
from copydesk.commands.run import read_seconds

HELP = "list plugins, show one, find out what is wrong with them, or begin one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    _add_common(parser)
    parser.set_defaults(action="list", name=None)
    actions = parser.add_subparsers(metavar="ACTION")
    listing = actions.add_parser("list", help="every source, step, store and executor")
    listing.set_defaults(action="list")
    show = actions.add_parser("show", help="one of them: its options, needs and gives")
    show.set_defaults(action="show")
    show.add_argument("name", metavar="NAME", help="such as encoding.chardet")
    doctor = actions.add_parser(
        "doctor",
        help="what is wrong with them: each is imported in a process of its own",
        epilog="Exit codes: 0 nothing to mend, 1 errors or warnings, 2 something for you to mend.",
    )
    doctor.set_defaults(action="doctor")
    doctor.add_argument(
        "name", nargs="?", metavar="NAME", help="a distribution, or what it offers; default: all"
    )
    doctor.add_argument(
        "--timeout",
        type=read_seconds,
        default=30.0,
        metavar="SECONDS",
        help="that an import may take (default: 30)",
    )
    plugins_new.add_action(actions)
    for action in (listing, show, doctor):
        _add_common(action)
        add_no_external(action)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", type=Path, metavar="CONFIG", help="also the files that this chain lists"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Print what was asked for; plugins that could not be loaded are told on stderr."""
    if arguments.action == "new":
        return plugins_new.execute(arguments)
    if arguments.action == "doctor":
        return _examine(arguments)
    from copydesk.opening import open_registry
    from copydesk.printing.catalogue import list_plugins, show_plugin
    from copydesk.registry import Registry

    registry = open_registry(arguments.config) if arguments.config else Registry.installed()
    if arguments.action == "show":
        return show_plugin(registry, arguments.name, as_json=arguments.json)
    return list_plugins(registry, as_json=arguments.json)


def _examine(arguments: argparse.Namespace) -> int:
    """Import each plugin in a process of its own; 1 if anything is to be mended."""
    from os import environ

    from copydesk.admission import rules_of
    from copydesk.config.load import select_plugins
    from copydesk.config.selection import Selection
    from copydesk.doctor.round import go_round
    from copydesk.plugin import file_plugin, installed_plugins
    from copydesk.printing.health import print_reports

    selection = select_plugins(arguments.config) if arguments.config else Selection()
    plugins = [*installed_plugins(), *map(file_plugin, selection.files)]
    rules = [*rules_of(environ), *selection.rules]
    reports = go_round(plugins, rules, arguments.name, arguments.timeout)
    return print_reports(reports, as_json=arguments.json)

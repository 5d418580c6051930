"""List what waits in quarantine, or show one document's error whole."""

from __future__ import annotations

import argparse

from copydesk.chain_arguments import add_no_external

HELP = "list or show what waits in quarantine"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every error, with the documents it holds back")
    listing.set_defaults(action="list")
    show = actions.add_parser("show", help="one document: error, traceback, how to reproduce it")
    show.set_defaults(action="show")
    show.add_argument("uri", metavar="URI", help="as the list gives it")
    for action in (listing, show):
        action.add_argument("--store", required=True, metavar="PATH", help="the store")
        action.add_argument("--use", default="sqlite", metavar="NAME", help="default: sqlite")
        action.add_argument("--json", action="store_true", help="print JSON")
        add_no_external(action)


def execute(arguments: argparse.Namespace) -> int:
    """Print the list or the one; 1 if anything waits."""
    from copydesk.opening import open_store
    from copydesk.upkeep.quarantine import list_waiting, show_waiting

    store = open_store(arguments.use, arguments.store)
    try:
        if arguments.action == "list":
            return list_waiting(store, as_json=arguments.json)
        return show_waiting(store, arguments.store, arguments.uri, as_json=arguments.json)
    finally:
        store.close()

"""Write down the plugins of a chain, with versions and hashes, for `run --locked` to hold to."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from copydesk.chain_arguments import add_settings, read_overrides

HELP = "write down the plugins that a chain uses"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("config", type=Path, metavar="CONFIG", help="the chain, in YAML")
    add_settings(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Write the lock of the chain with all its profiles, or with the one that is chosen."""
    from attrs import evolve

    from copydesk.config.load import find_profiles
    from copydesk.locks.lock import path_of, write_lock
    from copydesk.locks.making import make_lock
    from copydesk.opening import open_chain

    overrides = read_overrides(arguments)
    names = [overrides.profile, *find_profiles(arguments.config, overrides)]
    chains = [
        open_chain(arguments.config, overrides=evolve(overrides, profile=name)) for name in names
    ]
    lock = make_lock(chains)
    path = path_of(arguments.config)
    write_lock(lock, path)
    told = ", ".join(f"{it.name} {it.version or it.sha256[:12]}" for it in lock.plugins)
    print(f"{path}: {told}", file=sys.stderr)
    return 0

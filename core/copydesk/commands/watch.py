"""Run a chain, and again whenever files of its source change, until told to stop."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.chain_arguments import add_chain, read_overrides
from copydesk.commands.run import add_manner, read_seconds

if TYPE_CHECKING:
    from copydesk.runs.lookout import Lookout

HELP = "run, and run again whenever files change"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_chain(parser)
    parser.add_argument(
        "source", type=Path, nargs="?", metavar="SOURCE_PATH", help="instead of the source's path"
    )
    parser.add_argument("--store", metavar="PATH", help="instead of the store's path")
    parser.add_argument(
        "--quiet",
        type=read_seconds,
        default=2.0,
        metavar="SECONDS",
        help="leave a file alone until it has not changed for so long (default: 2)",
    )
    parser.add_argument(
        "--poll",
        action="store_true",
        help="compare the files every second: for network folders, of which no one tells changes",
    )
    add_manner(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Watch until SIGINT or SIGTERM; each run is one of `copydesk run`."""
    from copydesk.runs.interruption import ended_by_sigterm

    try:
        with ended_by_sigterm():
            return _make_lookout(arguments).keep()
    except KeyboardInterrupt:
        return 0  # told to stop before it had begun


def _make_lookout(arguments: argparse.Namespace) -> Lookout:
    from copydesk.opening import leave_fresh, open_chain
    from copydesk.runs.lookout import Lookout, Subject
    from copydesk.runs.schedule import Schedule

    config, _ = open_chain(
        arguments.config,
        arguments.source,
        arguments.store,
        arguments.workers,
        overrides=read_overrides(arguments),
    )
    return Lookout(
        _command(arguments),
        Subject.of(leave_fresh(config, arguments.quiet)),
        Schedule(arguments.quiet),
        is_polling=arguments.poll,
        tells_json=arguments.json,
        is_silent=arguments.json_log,
    )


def _command(arguments: argparse.Namespace) -> list[str]:
    """Return the command line of a run."""
    import sys

    # -P: what lies in the folder that one happens to be in is no module of ours.
    words = [sys.executable, "-P", "-m", "copydesk.cli", "run", str(arguments.config)]
    if arguments.source is not None:
        words.append(str(arguments.source))
    for flag in ("store", "quiet", "workers", "keep_runs", "profile"):
        value = getattr(arguments, flag)
        if value is not None:
            words.append(f"--{flag.replace('_', '-')}={value}")
    words += [f"--set={change}" for change in arguments.set]
    words += ["--locked"] if arguments.locked else []
    words += ["--no-cache"] if arguments.no_cache else []
    words += ["--json-log"] if arguments.json_log else []
    return [*words, "--json"]

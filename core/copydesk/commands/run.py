"""Bring the records of a store up to date with a source, as the chain says."""

from __future__ import annotations

import argparse
from math import inf, nan
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.chain_arguments import add_chain, read_overrides

if TYPE_CHECKING:
    from copydesk.plans.request import Request

HELP = "process what is new, changed or stale"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_chain(parser)
    add_request(parser)
    add_manner(parser)
    parser.add_argument(
        "--prune", action="store_true", help="take out the records of items that are gone"
    )
    parser.add_argument(
        "--quiet", type=read_seconds, metavar="SECONDS", help="leave alone what changed since then"
    )
    parser.add_argument(
        "--max-change",
        type=_share,
        metavar="SHARE",
        help="refuse to rebuild or prune more than this share of the records, such as 5%%",
    )


def add_request(parser: argparse.ArgumentParser) -> None:
    """Declare what is looked at: for the verbs that plan."""
    parser.add_argument(
        "source", type=Path, nargs="?", metavar="SOURCE_PATH", help="instead of the source's path"
    )
    parser.add_argument("--store", metavar="PATH", help="instead of the store's path")
    parser.add_argument(
        "--limit", type=read_count, metavar="N", help="process no more than N items this time"
    )
    parser.add_argument(
        "--rehash", action="store_true", help="read every item: trust no size and no time"
    )
    parser.add_argument(
        "--shard", type=_shard, default=(1, 1), metavar="I/N", help="part I of N of the items"
    )


def add_manner(parser: argparse.ArgumentParser) -> None:
    """Declare how the work is done: for the verbs that process."""
    parser.add_argument(
        "--workers", type=read_workers, metavar="N|auto", help="worker processes; auto: one a core"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep results of steps"
    )
    parser.add_argument(
        "--keep-runs", type=read_count, metavar="N", help="keep the records of N runs to go back to"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON to stdout")
    parser.add_argument(
        "--json-log",
        action="store_true",
        help="write the lines of the store's log to stderr, instead of progress",
    )


def read_request(arguments: argparse.Namespace) -> Request:
    """Return what the user wants looked at."""
    from copydesk.plans.request import Request

    return Request(limit=arguments.limit, rehash=arguments.rehash, shard=arguments.shard)


def execute(arguments: argparse.Namespace) -> int:
    """Run the chain and print the summary."""
    from copydesk.runs.running import run_and_tell

    request = read_request(arguments)
    if arguments.max_change is not None:
        _check_change(arguments, request)
    return run_and_tell(
        arguments,
        request,
        prune=arguments.prune,
        quiet_seconds=arguments.quiet,
    )


def _check_change(arguments: argparse.Namespace, request: Request) -> None:
    from copydesk.opening import open_chain
    from copydesk.plans.limit import check_change

    config, _ = open_chain(
        arguments.config, arguments.source, arguments.store, overrides=read_overrides(arguments)
    )
    check_change(config, request, arguments.max_change, prune=arguments.prune)


def read_seconds(text: str) -> float:
    """Return a number of seconds."""
    seconds = _number(text)
    if not 0 <= seconds < inf:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return seconds


def read_count(text: str) -> int:
    """Return a whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return int(text)


def read_workers(text: str) -> int | str:
    """Return a number of workers, or `auto`."""
    return "auto" if text == "auto" else read_count(text)


def _number(text: str) -> float:
    """Return a number, or one that is none so that no bound holds."""
    try:
        return float(text)
    except ValueError:
        return nan


def _share(text: str) -> float:
    share = _number(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share such as 5% or 0.05")
    return share


def _shard(text: str) -> tuple[int, int]:
    part, slash, parts = text.partition("/")
    if slash and part.isdigit() and parts.isdigit() and 1 <= int(part) <= int(parts):
        return int(part), int(parts)
    raise argparse.ArgumentTypeError(f"'{text}' is not I/N with I from 1 to N, such as 2/8")

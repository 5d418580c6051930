"""The arguments by which a verb is told its chain, and which plugins it may load."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.config.composition import Overrides


def add_chain(parser: argparse.ArgumentParser) -> None:
    """Declare one chain, and what may be changed in it."""
    parser.add_argument("config", type=Path, metavar="CONFIG", help="the chain, in YAML")
    add_overrides(parser)


def add_overrides(parser: argparse.ArgumentParser) -> None:
    """Declare what may be changed in a chain, and that its plugins are held to its lock."""
    add_settings(parser)
    parser.add_argument(
        "--locked",
        action="store_true",
        help="refuse other plugins than those of CONFIG.lock, which `copydesk lock` writes",
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Declare what may be changed in a chain."""
    parser.add_argument("--profile", metavar="NAME", help="lay this profile of the chain on top")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="change one value, such as chain.LABEL.options.OPTION=3; may be repeated",
    )


def add_no_external(parser: argparse.ArgumentParser) -> None:
    """Declare the choice to load no plugins of others; `cli` heeds it."""
    parser.add_argument(
        "--no-external",
        action="store_true",
        default=argparse.SUPPRESS,  # or the default of an inner verb hides what the outer one has
        help="load only the plugins that come with copydesk",
    )


def read_overrides(arguments: argparse.Namespace) -> Overrides:
    """Return what the command line changes in the chain."""
    from copydesk.config.composition import Overrides  # noqa: PLC0415 - kept off the way to --help

    locked = getattr(arguments, "locked", False)
    return Overrides(arguments.profile, tuple(arguments.set), is_locked=locked)

"""Begin a plugin: write a project with a module, tests, and what publishing it takes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

_KINDS = ("step", "source", "store", "executor")


def add_action(actions: Any) -> None:
    """Add the verb to those of `plugins`."""
    new = actions.add_parser("new", help="begin one: a project with tests that pass")
    new.set_defaults(action="new")
    new.add_argument("name", metavar="NAME", help="as chains will use it, such as reading.time")
    new.add_argument("--kind", choices=_KINDS, default="step", help="default: step")
    new.add_argument(
        "--directory", type=Path, metavar="DIR", help="where to write it (default: copydesk-NAME)"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Write the project, and say what to do next."""
    from copydesk.starter.starter import Starter

    starter = Starter(arguments.name, arguments.kind)
    folder = arguments.directory or Path(starter.distribution)
    starter.write(folder)
    for name in starter.files:
        print(folder / name)
    steps = (f"cd {folder}", "python -m pip install -e '.[test]'", "python -m pytest")
    print("next:", *steps, sep="\n  ", file=sys.stderr)
    return 0

"""The command `copydesk`: finds the verb and turns what it raises into words and an exit code."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from copydesk.chain_arguments import add_no_external
from copydesk.errors import CopydeskError
from copydesk.printable import make_printable
from copydesk.streams import abandon_output, find_output_fault, secure_streams

_VERBS = (
    "plan",
    "run",
    "watch",
    "check",
    "diff",
    "explain",
    "test",
    "lock",
    "export",
    "quarantine",
    "retry",
    "verify",
    "runs",
    "report",
    "rollback",
    "merge",
    "cache",
    "plugins",
    "schema",
)  # in the order of the help; each is a module of `commands`

_NESTED = {
    "plugins",
    "quarantine",
}  # verbs with verbs of their own, which argparse cannot parse intermixed

WELL, TROUBLE, USER, FAULT, INTERRUPTED = 0, 1, 2, 70, 130


def main(words: Sequence[str] | None = None) -> int:
    """Run the verb that the command line names.

    Returns 0 when all is well, 1 when documents are in quarantine, 2 when the user must mend
    something, 70 for a fault of the program, 130 when interrupted.
    """
    gc.set_threshold(50_000, 20, 50)  # imports and batches leave little garbage: look for it less
    if words is None:
        secure_streams()
        atexit.register(gc.freeze)  # nor is what a process leaves at its end worth a search
    arguments = _parse(sys.argv[1:] if words is None else list(words))
    if hasattr(arguments, "no_external"):
        from copydesk.admission import NO_EXTERNAL  # noqa: PLC0415 - kept off the way to --help

        os.environ[NO_EXTERNAL] = "1"  # so that it holds in processes that are started, too
    try:
        code: int = arguments.execute(arguments)
        sys.stdout.flush()
    except CopydeskError as error:
        words = make_printable(str(error), keep="\n")
        print(words if "\n" in words else f"copydesk: {words}", file=sys.stderr)
        return USER
    except BrokenPipeError:
        abandon_output()  # the reader has seen enough
        return WELL
    except Exception:  # noqa: BLE001 - scripts must tell a fault of ours from one in a document
        if fault := find_output_fault():
            abandon_output()
            print(f"copydesk: standard output cannot be written: {fault}", file=sys.stderr)
            return USER
        traceback.print_exc()
        return FAULT
    except KeyboardInterrupt:
        print("copydesk: interrupted; what was committed is safe", file=sys.stderr)
        return INTERRUPTED
    return code


def make_parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """Return the parser of the whole command line, and those of the verbs by name."""
    parser = argparse.ArgumentParser(
        prog="copydesk",
        description="Copydesk, a build system for documents: articles in, records out.",
        epilog="Exit codes: 0 all well, 1 documents in quarantine (of test: one has failed; of "
        "diff: records differ), 2 something for you to mend.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and end")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    found = {}
    for name in _VERBS:
        verb = _import(name)
        found[name] = verbs.add_parser(name, help=verb.HELP, description=verb.__doc__)
        _fill(found[name], verb)
    return parser, found


def _parse(words: list[str]) -> argparse.Namespace:
    """Parse a command line in which options may stand before, between and after the rest.

    Where it begins with a verb, only that one is imported.
    """
    if not words or words[0] not in _VERBS:
        return make_parser()[0].parse_args(words)
    verb = _import(words[0])
    parser = argparse.ArgumentParser(prog=f"copydesk {words[0]}", description=verb.__doc__)
    _fill(parser, verb)
    if words[0] in _NESTED:
        return parser.parse_args(words[1:])
    return parser.parse_intermixed_args(words[1:])


def _import(name: str) -> ModuleType:
    return import_module(f"copydesk.commands.{name}")


def _fill(parser: argparse.ArgumentParser, verb: ModuleType) -> None:
    """Declare what a verb takes, and what does it."""
    verb.add_arguments(parser)
    add_no_external(parser)
    parser.set_defaults(execute=verb.execute)


class _Version(argparse.Action):
    """Prints the version; read from the metadata only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - kept off the way to --help

        parser.exit(message=f"copydesk {version('copydesk')}\n")


if __name__ == "__main__":
    sys.exit(main())

"""The command `copydesk`: finds the verb and turns what it raises into words and an exit code."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from types import ModuleType

from copydesk.chain_arguments import add_no_external
from copydesk.commands import (
    cache,
    check,
    diff,
    explain,
    export,
    lock,
    merge,
    plan,
    plugins,
    quarantine,
    report,
    retry,
    rollback,
    run,
    runs,
    schema,
    test,
    verify,
    watch,
)
from copydesk.errors import CopydeskError

_VERBS: tuple[ModuleType, ...] = (
    plan,
    run,
    watch,
    check,
    diff,
    explain,
    test,
    lock,
    export,
    quarantine,
    retry,
    verify,
    runs,
    report,
    rollback,
    merge,
    cache,
    plugins,
    schema,
)

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
    arguments = _parse(sys.argv[1:] if words is None else list(words))
    if hasattr(arguments, "no_external"):
        from copydesk.admission import NO_EXTERNAL  # noqa: PLC0415 - kept off the way to --help

        os.environ[NO_EXTERNAL] = "1"  # so that it holds in processes that are started, too
    try:
        code: int = arguments.execute(arguments)
        sys.stdout.flush()
    except CopydeskError as error:
        print(f"copydesk: {error}" if "\n" not in str(error) else error, file=sys.stderr)
        return USER
    except BrokenPipeError:
        # The reader has seen enough; what is left in the buffer must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    except Exception:  # noqa: BLE001 - scripts must tell a fault of ours from one in a document
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
    for verb in _VERBS:
        name = verb.__name__.rpartition(".")[2]
        found[name] = verbs.add_parser(name, help=verb.HELP, description=verb.__doc__)
        verb.add_arguments(found[name])
        add_no_external(found[name])
        found[name].set_defaults(execute=verb.execute)
    return parser, found


def _parse(words: list[str]) -> argparse.Namespace:
    """Parse a command line in which options may stand before, between and after the rest."""
    parser, verbs = make_parser()
    if words and words[0] in verbs and words[0] not in _NESTED:
        return verbs[words[0]].parse_intermixed_args(words[1:])
    return parser.parse_args(words)


class _Version(argparse.Action):
    """Prints the version; read from the metadata only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - kept off the way to --help

        parser.exit(message=f"copydesk {version('copydesk')}\n")


if __name__ == "__main__":
    sys.exit(main())

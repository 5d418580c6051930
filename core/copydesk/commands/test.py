"""Run a chain's own tests: documents, and what should become of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from copydesk.chain_arguments import add_overrides, read_overrides

HELP = "run a chain's own tests"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("config", type=Path, nargs="+", metavar="CONFIG", help="chains, in YAML")
    parser.add_argument("-k", metavar="WORD", default="", help="only tests with this in their name")
    parser.add_argument("--update", action="store_true", help="write the snapshots anew")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit's XML too")
    add_overrides(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Run the tests and print what they came to; 1 if one has failed."""
    from time import perf_counter

    from copydesk.formats.output import open_output
    from copydesk.printing.terminal import paint_for_output
    from copydesk.trials.trial import run_tests
    from copydesk.trials.verdicts import tell_failures, tell_summary, tell_verdict, write_junit

    began = perf_counter()
    paint = paint_for_output()
    verdicts = []
    overrides = read_overrides(arguments)
    for verdict in run_tests(arguments.config, overrides, arguments.k, update=arguments.update):
        print(tell_verdict(verdict, paint), flush=True)
        verdicts.append(verdict)
    for line in tell_failures(verdicts, paint):
        print(line)
    print(tell_summary(verdicts, perf_counter() - began, paint))
    if arguments.junit:
        with open_output(arguments.junit) as output:
            output.write(write_junit(verdicts))
        print(f"JUnit's XML is in {arguments.junit}", file=sys.stderr)
    return 0 if all(verdict.has_passed for verdict in verdicts) else 1

"""Show one document's way down a chain: what each step saw, what it changed, and why."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from copydesk.chain_arguments import add_chain, read_overrides

HELP = "show what each step makes of one document"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_chain(parser)
    parser.add_argument("document", metavar="FILE", help="a file, or the URI of an item")
    parser.add_argument(
        "--source", type=Path, metavar="PATH", help="where to look for the URI, instead of the "
        "source's path",
    )  # fmt: skip
    parser.add_argument("--until", metavar="LABEL", help="take the steps up to this one")
    parser.add_argument("--json", action="store_true", help="print JSON, with the record")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page to send to others")


def execute(arguments: argparse.Namespace) -> int:
    """Take the document down the chain; 1 if it would go to quarantine."""
    import msgspec

    from copydesk.explanation.guide import explain
    from copydesk.explanation.page import render
    from copydesk.explanation.screen import Screen
    from copydesk.formats.output import open_output
    from copydesk.opening import open_chain
    from copydesk.printable import make_printable
    from copydesk.printing.terminal import paint_for_output

    config, _ = open_chain(arguments.config, arguments.source, overrides=read_overrides(arguments))
    explanation = explain(config, arguments.document, arguments.until)
    if arguments.html:
        with open_output(arguments.html) as output:
            output.write(render(explanation).encode(errors="backslashreplace"))
        told = make_printable(f"{explanation.key} is explained in {arguments.html}")
        print(told, file=sys.stderr)
    if arguments.json:
        written = json.dumps(msgspec.to_builtins(explanation), ensure_ascii=False, indent=2)
        # half a surrogate pair, which a step may leave in a text, becomes an escape of JSON
        print(written.encode(errors="backslashreplace").decode())
    elif not arguments.html:
        for line in Screen(paint_for_output()).write(explanation):
            print(line)
    return 1 if explanation.outcome == "quarantined" else 0

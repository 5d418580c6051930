"""Write one HTML page that shows what is in a store: outcomes, languages, times, errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "write a page that shows what is in a store"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--store", required=True, metavar="PATH", help="the store")
    parser.add_argument("--use", default="sqlite", metavar="NAME", help="default: sqlite")
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")


def execute(arguments: argparse.Namespace) -> int:
    """Write the page; it needs no other file and no network."""
    from datetime import UTC, datetime

    from copydesk.formats.output import check_output, open_output
    from copydesk.opening import open_store
    from copydesk.place import hide_password
    from copydesk.report_page.findings import gather
    from copydesk.report_page.page import render

    check_output(arguments.output, arguments.store)
    store = open_store(arguments.use, arguments.store)
    try:
        findings = gather(store)
    finally:
        store.close()
    written = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    page = render(findings, hide_password(arguments.store), written)
    with open_output(arguments.output) as output:
        output.write(page.encode(errors="backslashreplace"))
    if arguments.output:
        damaged = f", {findings.unreadable} are damaged" if findings.unreadable else ""
        print(f"{findings.records} records shown in {arguments.output}{damaged}", file=sys.stderr)
    return 0

"""Prints what the doctor found, for people and for programs."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs

from copydesk.doctor.round import Report
from copydesk.printable import make_printable


def print_reports(reports: Sequence[Report], *, as_json: bool) -> int:
    """Print each report, and on stderr what they come to; 1 if anything is to be mended."""
    if as_json:
        print(json.dumps({"plugins": [_plain(report) for report in reports]}, indent=2))
    else:
        for report in reports:
            for line in _tell(report):
                print(make_printable(line))
    print(_sum_up(reports), file=sys.stderr)
    return 0 if all(report.is_well for report in reports) else 1


def _tell(report: Report) -> list[str]:
    seen = report.visit.examination
    names = [f"{offer.seam} {offer.name}" for offer in seen.offers]
    few = [*names[:4], *([f"and {len(names) - 4} more"] if len(names) > 4 else [])]
    head = f"{report.visit.plugin.name} {report.visit.plugin.version}"
    lines = [f"{head}: {', '.join(few) or 'offers nothing'}; imported in {seen.seconds:.2f} s"]
    lines += [f"  {each.severity:7}  {each.kind}: {each.detail}" for each in report.findings]
    return lines


def _plain(report: Report) -> dict[str, Any]:
    plugin, seen = report.visit.plugin, report.visit.examination
    return {
        "plugin": plugin.name,
        "distribution": plugin.distribution,
        "version": plugin.version,
        "seconds": round(seen.seconds, 3),
        "offers": [{"seam": offer.seam, "name": offer.name} for offer in seen.offers],
        "libraries": {name: round(cost, 3) for name, cost in report.visit.libraries.items()},
        "findings": [attrs.asdict(finding) for finding in report.findings],
    }


def _sum_up(reports: Sequence[Report]) -> str:
    found = Counter(each.severity for report in reports for each in report.findings)
    count = _count(len(reports), "plugin")
    if not found["error"] and not found["warning"]:
        return f"{count}: all well"
    return f"{count}: {_count(found['error'], 'error')}, {_count(found['warning'], 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

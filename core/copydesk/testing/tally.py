"""Finds the numbers of a run in what it has printed, and holds them to the sum rule."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_STATES = ("done", "dropped", "quarantined", "unchanged")
_LINE = re.compile(rf"^  ({'|'.join(_STATES)}) +(\d+)", re.MULTILINE)
_SUM = re.compile(r"^  sum +(\d+) = (\d+) listed", re.MULTILINE)


def find_counts(stdout: str, stderr: str) -> dict[str, int]:
    """Return how many were listed and how many had each outcome, in whichever form it was told."""
    for line in reversed([*stdout.splitlines(), *stderr.splitlines()]):
        if line.startswith('{"listed":'):
            return _pick(json.loads(line))
        if line.startswith('{"summary":'):
            return _pick(json.loads(line)["summary"])
    found = {word: int(number) for word, number in _LINE.findall(stderr)}
    _, listed = _SUM.findall(stderr)[-1]
    return {**found, "listed": int(listed)}


def check_sum(counts: Mapping[str, int], code: int | None = None) -> None:
    """Raise `AssertionError` unless every listed thing has one outcome, and the exit code fits."""
    if counts["listed"] != sum(counts[state] for state in _STATES):
        raise AssertionError(f"the numbers of the run do not add up: {counts}")
    if code not in {None, 1 if counts["quarantined"] else 0}:
        raise AssertionError(f"the exit code is {code}: {counts}")


def _pick(summary: Mapping[str, Any]) -> dict[str, int]:
    return {name: summary[name] for name in ("listed", *_STATES)}

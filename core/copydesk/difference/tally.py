"""Counts differences by step and field, and keeps some examples of each."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from attrs import define, field, frozen

from copydesk.difference.fate import Fate, Finding, Givers, compare_fates
from copydesk.expectations.operators import show

_EXAMPLES = 10
_DISTINCT = 10_000  # pairs of values that are counted
_LONG = 40  # characters of a value that is counted
_key = attrgetter("key")


@frozen
class Example:
    """One document with a difference."""

    key: str
    before: Any
    after: Any
    at: int | None = None
    """The character at which long texts begin to differ."""


@define
class Line:
    """One field that some step gave other values."""

    count: int = 0
    """Documents in which it differs."""
    gone: int = 0
    """Entries that only the first side has."""
    new: int = 0
    """Entries that only the second side has."""
    transitions: Counter[tuple[str, str]] = field(factory=Counter)
    """Documents by short values before and after."""
    examples: list[Example] = field(factory=list)

    def add(self, key: str, finding: Finding) -> None:
        """Count one document."""
        self.count += 1
        self.gone += finding.gone
        self.new += finding.new
        # the first by name, as workers end in any order
        insort(self.examples, Example(key, finding.before, finding.after, finding.at), key=_key)
        del self.examples[_EXAMPLES:]
        if isinstance(finding.before, list) or isinstance(finding.after, list) or finding.at:
            return  # hardly any two are the same
        pair = _shorten(finding, finding.before), _shorten(finding, finding.after)
        is_known = pair in self.transitions
        if is_known or (max(map(len, pair)) <= _LONG and len(self.transitions) < _DISTINCT):
            self.transitions[pair] += 1


def _shorten(finding: Finding, value: Any) -> str:
    if finding.field == "outcome":
        return str(value).partition(" ")[0]
    return value if isinstance(value, str) else "nothing" if value is None else show(value)


@define
class Tally:
    """All differences between two sides."""

    givers: Givers
    keeps_keys: bool = False
    """Whether every document that differs is remembered."""
    compared: int = 0
    differ: int = 0
    lines: dict[tuple[str, str], Line] = field(factory=dict)
    """By step and field."""
    documents: dict[str, tuple[str, ...]] = field(factory=dict)
    """The fields that differ by document, where these are remembered."""
    remarks: Counter[str] = field(factory=Counter)
    """Documents of which there is something to say, such as why they were not compared."""

    def add(self, key: str, before: Fate, after: Fate) -> None:
        """Compare one document."""
        self.add_findings(key, compare_fates(before, after, self.givers))

    def add_findings(self, key: str, findings: Iterable[Finding]) -> None:
        """Count a document that was compared elsewhere."""
        self.compared += 1
        fields = []
        for finding in findings:
            self.lines.setdefault((finding.step, finding.field), Line()).add(key, finding)
            fields.append(finding.field)
        if fields:
            self.differ += 1
            if self.keeps_keys:
                self.documents[key] = tuple(fields)

    def ranked(self) -> list[tuple[str, str, Line]]:
        """Return step, field and line, the most frequent first."""
        order = sorted(self.lines.items(), key=lambda pair: (-pair[1].count, pair[0]))
        return [(step, field, line) for (step, field), line in order]

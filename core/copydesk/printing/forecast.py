"""Prints a plan, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.plans.plan import TO_DO, Plan
from copydesk.plans.planning import Forecast
from copydesk.printable import make_printable

_ORDER = ("new", "changed", "moved", "stale", "retried", "unchanged", "waiting")
_WORDS = {"waiting": "quarantined"}


def print_plan(forecast: Forecast, *, listing: bool) -> None:
    """Print what a run would do to stdout."""
    for line in _lines(forecast):
        print(make_printable(line))
    if listing:
        for key, verdict in _items(forecast.plan):
            print(f"{verdict:<12} {make_printable(key)}")


def to_plain(forecast: Forecast, *, listing: bool) -> dict[str, Any]:
    """Return the plan as JSON data."""
    plan = forecast.plan
    plain: dict[str, Any] = {"listed": len(plan.verdicts), "process": len(plan.todo)}
    plain |= {_WORDS.get(verdict, verdict): plan.counts[verdict] for verdict in _ORDER}
    plain |= {"skipped": plan.counts["skipped"], "unreadable": plan.counts["unreadable"]}
    plain |= {
        "gone": len(plan.gone),
        "replaced": len(plan.replaced),
        "lapsed": len(plan.lapsed),
        "busy": len(plan.busy),
        "stale_because": [{"reason": why, "count": count} for why, count in forecast.reasons],
        "fingerprint": plan.fingerprint,
    }
    if listing:
        plain["items"] = [{"key": key, "verdict": verdict} for key, verdict in _items(plan)]
    return plain


def _lines(forecast: Forecast) -> Iterator[str]:
    plan = forecast.plan
    counts = plan.counts
    yield f"{len(plan.verdicts)} listed, {len(plan.todo)} to process"
    for verdict in _ORDER:
        if counts[verdict]:
            yield f"  {_WORDS.get(verdict, verdict):<12} {counts[verdict]:>8}{_note(verdict)}"
        if verdict == "stale":
            yield from (f"    {count} records stale: {why}" for why, count in forecast.reasons)
    for verdict in ("skipped", "unreadable"):
        if counts[verdict]:
            yield f"  {verdict:<12} {counts[verdict]:>8}"
    if plan.busy:
        yield f"  {'busy':<12} {len(plan.busy):>8}  still being written; left for a later run"
    if plan.gone:
        yield f"  {'gone':<12} {len(plan.gone):>8}  kept, and marked; run --prune takes them out"
    if plan.replaced:
        note = "gone, and processed anew at another place: their records go"
        yield f"  {'replaced':<12} {len(plan.replaced):>8}  {note}"
    if plan.lapsed:
        note = "gone since earlier runs, kept; run --prune takes them out"
        yield f"  {'lapsed':<12} {len(plan.lapsed):>8}  {note}"


def _note(verdict: str) -> str:
    notes = {
        "moved": "  the record follows, nothing is rebuilt",
        "waiting": "  nothing has changed since; `copydesk retry` tries again",
    }
    return notes.get(verdict, "  to process" if verdict in TO_DO else "")


def _items(plan: Plan) -> Iterator[tuple[str, str]]:
    for key, verdict in plan.verdicts:
        yield key, _WORDS.get(verdict, verdict)
    for name, rows in (("gone", plan.gone), ("replaced", plan.replaced), ("lapsed", plan.lapsed)):
        yield from ((row.key, name) for row in rows)
    for key in sorted(plan.busy):
        yield key, "busy"

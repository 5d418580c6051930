"""Refuses a run that would rebuild or take out too much of what a store holds."""

from __future__ import annotations

import shlex
from pathlib import Path

from copydesk.config import Config
from copydesk.errors import CopydeskError
from copydesk.plans.planning import forecast
from copydesk.plans.request import Request

_REBUILT = ("stale", "changed")


def check_change(config: Config, request: Request, share: float, *, prune: bool) -> None:
    """Raise `CopydeskError` if a run would rebuild or take out more than a share of the records.

    The plan tells how many: those whose chain or content has changed, and with `prune` those whose
    items are gone. Whether new records would differ from the old ones, only making them can tell.
    """
    made = forecast(config, request, lambda: None)
    gone = {row.key for row in (*made.plan.gone, *made.plan.lapsed) if row.has_record}
    done = {key for key, row in made.plan.known.items() if row.state == "done"} | gone
    changed: list[str] = [v for key, v in made.plan.verdicts if v in _REBUILT and key in done]
    changed += ["gone"] * len(gone) if prune else []
    if not done or len(changed) <= share * len(done):
        return
    counts = [f"{changed.count(v):,} {v}" for v in (*_REBUILT, "gone") if v in changed]
    reasons = [f"{why} ({count:,})" for why, count in made.reasons]
    because = f" because of {'; '.join(reasons)}" if reasons else ""
    deed = "rebuild or take out" if "gone" in changed else "rebuild"
    raise CopydeskError(
        f"the run would {deed} {len(changed):,} of {len(done):,} records "
        f"({len(changed) / len(done):.1%}), more than --max-change {share:.1%}: "
        f"{', '.join(counts)}{because}; `{_suggest(config)}` shows what would differ, "
        "and the run goes on without --max-change"
    )


def _suggest(config: Config) -> str:
    """Return the command that compares what the store holds with what the chain makes."""
    options = config.store.options
    place = getattr(options, "path", "STORE")  # a URL may hold a password
    kind = [] if config.store.use == "sqlite" else ["--use", config.store.use]
    source = getattr(config.source.options, "path", None)
    where = [str(source)] if isinstance(source, Path) else []
    return shlex.join(["copydesk", "diff", str(place), str(config.path), *where, *kind])

"""Refuses a run that would rebuild too much of what a store holds."""

from __future__ import annotations

import shlex
from pathlib import Path

from copydesk.config import Config
from copydesk.errors import CopydeskError
from copydesk.plans.planning import forecast
from copydesk.plans.request import Request

_REBUILT = ("stale", "changed")


def check_change(config: Config, request: Request, share: float) -> None:
    """Raise `CopydeskError` if a run would rebuild more than a share of the records.

    The plan tells how many: those whose chain or content has changed. Whether the new records would
    differ from the old ones, only making them can tell.
    """
    made = forecast(config, request, lambda: None)
    known = made.plan.known
    done = {key for key, row in known.items() if row.state == "done"}
    rebuilt = [v for key, v in made.plan.verdicts if v in _REBUILT and key in done]
    if not done or len(rebuilt) <= share * len(done):
        return
    counts = [f"{rebuilt.count(v):,} {v}" for v in _REBUILT if v in rebuilt]
    reasons = [f"{why} ({count:,})" for why, count in made.reasons]
    because = f" because of {'; '.join(reasons)}" if reasons else ""
    raise CopydeskError(
        f"the run would rebuild {len(rebuilt):,} of {len(done):,} records "
        f"({len(rebuilt) / len(done):.1%}), more than --max-change {share:.1%}: "
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

"""Describes a run as the store remembers it, so that a later one can tell what has changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from copydesk.config import Config, StepUse
from copydesk.fingerprint import describe_options, fingerprint_steps
from copydesk.ledger import Run


def describe(config: Config) -> Run:
    """Return the description of a run that begins now."""
    prints = fingerprint_steps(config.chain)
    steps = [_describe_step(*pair) for pair in zip(config.chain, prints, strict=True)]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    source = getattr(config.source.options, "path", config.source.use)
    return Run(now, str(config.path), str(source), prints[-1], tuple(steps))


def _describe_step(step: StepUse, fingerprint: str) -> dict[str, Any]:
    return {
        "use": step.use,
        "label": step.label,
        "plugin": step.offer.plugin,
        "version": step.offer.version,
        "options": msgspec.json.decode(describe_options(step.options)),
        "when": step.when,
        "fingerprint": fingerprint,
    }

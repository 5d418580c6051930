"""Describes a run as the store remembers it, so that a later one can tell what has changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
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
    return Run(now, str(config.path), place_of(config), prints[-1], tuple(steps))


def place_of(config: Config) -> str:
    """Return where the items of a chain come from: a whole path, or the name of the source."""
    path = getattr(config.source.options, "path", None)
    return str(path.resolve()) if isinstance(path, Path) else config.source.use


def _describe_step(step: StepUse, fingerprint: str) -> dict[str, Any]:
    options = _plain(step.options)
    if step.by_language:
        options["options_by_language"] = {
            code: _plain(made) for code, made in step.by_language.items()
        }
    return {
        "use": step.use,
        "label": step.label,
        "plugin": step.offer.plugin,
        "version": step.offer.version,
        "options": options,
        "when": step.when,
        "on_error": step.on_error,
        "fingerprint": fingerprint,
    }


def _plain(options: Any) -> Any:
    return msgspec.json.decode(describe_options(options))

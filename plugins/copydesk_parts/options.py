"""The options of the stores `jsonl` and `parquet`."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen
from attrs.validators import ge, optional

_KEPT: int | None = 10


@frozen
class Options:
    """Where the store is, and what it keeps."""

    path: Path
    """The folder of the store; made when missing. `manifest.json` in it names the files that
    count; others may be left over from a run that was killed, and go with the next run."""
    keep_runs: int | None = field(default=_KEPT, validator=optional(ge(1)))
    """How many runs the store can go back to. Each costs the files that have been merged into
    larger ones since: at most as much again as the store itself, usually far less. null keeps all
    runs."""

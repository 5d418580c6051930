"""The options of the store `sqlite`."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen
from attrs.validators import ge, optional


@frozen
class Options:
    """Where the store is, and what it keeps."""

    path: Path
    """The database file; it and its folder are made when missing. While a run is on, two files
    ending in `-wal` and `-shm` lie beside it and belong to it."""
    cache_mb: int = field(default=1000, validator=ge(0))
    """Megabytes of step results to keep, so that a change of one step does not make all the steps
    before it run again; the oldest go first. 0 keeps none."""
    full_text: bool = True
    """Keep a full-text index of titles and texts; it costs about a third of the file."""
    keep_runs: int | None = field(default=None, validator=optional(ge(1)))
    """How many runs the store can go back to; older records that no longer count are removed at the
    end of each run, and their space is used again. Without it all stay."""

"""The options of the store `sqlite`."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen


@frozen
class Options:
    """Where the store is, and what it keeps."""

    path: Path
    """The database file; it and its folder are made when missing. While a run is on, two files
    ending in `-wal` and `-shm` lie beside it and belong to it."""
    full_text: bool = True
    """Keep a full-text index of titles and texts; it costs about a third of the file."""

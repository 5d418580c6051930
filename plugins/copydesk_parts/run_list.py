"""The file that lists the runs of a store: one a line, written anew when a run begins or ends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from copydesk.api import Run

_END = ".runs.jsonl"
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Run)


def read_runs(folder: Path, name: str | None) -> list[Run]:
    """Return the runs, oldest first."""
    if name is None:
        return []
    with (folder / f"{name}{_END}").open("rb") as file:
        return [_DECODER.decode(line) for line in file]


def write_runs(folder: Path, name: str, runs: Sequence[Run]) -> None:
    """Write the runs, safe on the disk."""
    with (folder / f"{name}{_END}").open("wb") as file:
        file.writelines(_ENCODER.encode(run) + b"\n" for run in runs)
        file.flush()
        os.fsync(file.fileno())

"""The file that lists the runs of a store: one a line, written anew when a run begins or ends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from copydesk.api import Run
from copydesk_parts.part_file import check_size, damaged, locate

_END = ".runs.jsonl"
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Run)


def read_runs(folder: Path, name: str | None, size: int | None) -> list[Run]:
    """Return the runs, oldest first; raises `StoreError` if the file is not what was written.

    `size` is that of the file, null if it is not known.
    """
    if name is None:
        return []
    path = locate(folder / name, _END)
    content = path.read_bytes()
    if size is not None:
        check_size(path, len(content), size)
    try:
        return [_DECODER.decode(line) for line in content.splitlines()]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged(path, error) from error


def write_runs(folder: Path, name: str, runs: Sequence[Run]) -> int:
    """Write the runs, safe on the disk; return the size of the file in bytes."""
    with locate(folder / name, _END).open("wb") as file:
        file.writelines(_ENCODER.encode(run) + b"\n" for run in runs)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()

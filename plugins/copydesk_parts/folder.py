"""The folder of a store: what is in it, what is held, what may be swept out."""

from __future__ import annotations

import re
from pathlib import Path

from copydesk.api import StoreError
from copydesk_parts.manifest import NAME, Manifest

LOCK = "run.lock"
_OURS = re.compile(r"(\d{8})\..+")  # a part, or a list of runs


def check_folder(folder: Path) -> None:
    """Raise `StoreError` if a folder holds other things than a store, or is none."""
    if not folder.exists() or (folder / NAME).exists():
        return
    if not folder.is_dir():
        raise StoreError(f"{folder}: a file; this store is a folder: choose another path")
    strange = [path.name for path in folder.iterdir() if not _is_ours(path.name)]
    if strange:
        raise StoreError(
            f"{folder}: a folder with other files in it, such as '{min(strange)}', and no store; "
            "choose another path"
        )


def identify(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from any other, None if there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove the parts that do not count: left by a run that was killed, merged, or pruned."""
    names = manifest.names
    for path in folder.iterdir():
        match = _OURS.fullmatch(path.name)
        if match and match[1] not in names:
            path.unlink(missing_ok=True)


def _is_ours(name: str) -> bool:
    return name in {LOCK, f".{NAME}.new"} or _OURS.fullmatch(name) is not None

"""Tells a folder in which a store keeps its files from one of documents."""

from __future__ import annotations

import re
from pathlib import Path

# How the manifest of a store in parts begins: its kind, its format, the number of its next file.
_MANIFEST = re.compile(rb'\{\s*"store":\s*"[^"]{1,50}",\s*"format":\s*\d{1,9},\s*"next":\s*\d')
_BEGINNING = 200  # bytes


def is_store(folder: str) -> bool:
    """Return whether a folder is a store, of the chain that runs or of another.

    A chain that reads its own makes records of its records, more with every run.
    """
    path = Path(folder, "manifest.json")
    try:
        if not path.is_file():  # a pipe would have us wait for who writes to it
            return False
        with path.open("rb") as file:
            return _MANIFEST.match(file.read(_BEGINNING)) is not None
    except OSError:
        return False

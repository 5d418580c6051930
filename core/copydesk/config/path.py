"""Looks for the paths that a chain names, and says which one was meant."""

from __future__ import annotations

import os
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

_LONGEST = 200  # characters of a name or path that a message shows


def exists(path: Path) -> bool:
    """Return whether there is something at a path; never raises."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name that is too long


def is_file(path: Path) -> bool:
    """Return whether there is a file at a path; never raises."""
    return os.path.isfile(path)  # noqa: PTH113 - as above


def explain_missing(path: Path) -> str:
    """Return the message for a path that does not exist."""
    return f"'{cut(str(path))}' does not exist; {_advise(path)}"


def explain_no_file(path: Path) -> str:
    """Return the message for a path where a file should be."""
    if exists(path):
        return f"'{cut(str(path))}' is no file; give the path of one"
    return explain_missing(path)


def cut(text: str) -> str:
    """Return a text that a message can show whole."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _advise(path: Path) -> str:
    folder = path.parent
    if "~" in path.parts:
        return "'~' is not unfolded in a chain, so write ${HOME}"
    try:
        names = [file.name for file in islice(folder.iterdir(), 1000)]
    except (OSError, ValueError):
        return f"create it, or check the path; there is no '{cut(str(folder))}' either"
    close = get_close_matches(path.name[:_LONGEST], names, 1, 0.6)
    return f"did you mean '{close[0]}'?" if close else "create it, or check the path"

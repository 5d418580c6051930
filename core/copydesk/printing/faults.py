"""Writes faults for people, for programs and for GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal, get_args

from copydesk.fault import Fault

Format = Literal["text", "json", "github"]
FORMATS: tuple[str, ...] = get_args(Format)
"""What `--format` takes."""

_BOLD, _RED, _YELLOW, _END = "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[0m"
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}


def write_faults(faults: Iterable[Fault], form: str, *, is_coloured: bool = False) -> str:
    """Return faults in one of `FORMATS`, without a line break at the end."""
    if form == "json":
        return json.dumps([_as_json(fault) for fault in faults], indent=2, ensure_ascii=False)
    write = _annotate if form == "github" else _paint if is_coloured else str
    return "\n".join(write(fault) for fault in faults)


def _as_json(fault: Fault) -> dict[str, str | int]:
    return {
        "file": fault.place.origin.name,
        "line": fault.place.line,
        "column": fault.place.column,
        "severity": fault.severity,
        "message": fault.message,
    }


def _paint(fault: Fault) -> str:
    colour = _YELLOW if fault.severity == "warning" else _RED
    return f"{_BOLD}{fault.place}:{_END} {colour}{fault.severity}:{_END} {fault.message}"


def _annotate(fault: Fault) -> str:
    """Return a fault as a workflow command, which GitHub shows beside the line."""
    place = fault.place
    where = f" file={_escape(place.origin.name)}"
    message = fault.message.replace("%", "%25")
    if place.line:
        where += f",line={place.line},col={place.column}"
    elif place.origin.name.startswith("--"):  # an option of the command line is no file
        where, message = "", f"{place.origin.name}: {message}".replace("\n", "%0A")
    return f"::{fault.severity}{where}::{message}"


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)

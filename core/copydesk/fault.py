"""A mistake in a chain: where it stands, what was found and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from attrs import field, frozen

from copydesk.printable import make_printable

Severity = Literal["error", "warning"]


@frozen
class Origin:
    """Something that values are read from: a YAML file, or an argument of the command line."""

    name: str
    """As the user knows it: `config/news.yaml`, `--store`."""
    folder: Path
    """The folder that relative paths in it start from."""


@frozen
class Place:
    """A character of an origin."""

    origin: Origin
    line: int = 0
    """From 1; 0 means the origin as a whole."""
    column: int = 0
    """From 1, in code points."""
    via: str = field(default="", eq=False)
    """What put the value there, if it is not the file by itself: `profile fast`."""

    def __str__(self) -> str:
        if not self.line:
            return self.origin.name
        return f"{self.origin.name}:{self.line}:{self.column}"

    def tell_line(self, reader: Place) -> str:
        """Return the line in words for someone who reads at another place."""
        if not self.line:
            return self.origin.name
        file = "" if self.origin == reader.origin else f" of {self.origin.name}"
        return f"line {self.line}{file}"


def _on_one_line(message: str) -> str:
    return make_printable(message.replace("\n", " "))


@frozen
class Fault:
    """One mistake of the user's, told as `file:line:column: what was found; what to do`."""

    place: Place
    message: str = field(converter=_on_one_line)
    """What was found, and what to do; printable, on one line."""
    severity: Severity = field(default="error", kw_only=True)
    """A warning stops nothing."""

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.place}: {mark}{self.message}"


def arrange(faults: list[Fault]) -> list[Fault]:
    """Return faults in the order of their places, each once; an error makes warnings needless."""
    errors = {(fault.place, fault.message) for fault in faults if fault.severity == "error"}
    places = {
        fault: (f.origin.name, f.line, f.column)
        for fault in faults
        if (f := fault.place)
        and (fault.severity == "error" or (fault.place, fault.message) not in errors)
    }
    return sorted(places, key=lambda fault: places[fault])

"""Has a plugin examined in a process of its own, and sees what else that does."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from attrs import field, frozen

from copydesk.doctor.examination import BEGINS, Examination
from copydesk.plugin import Plugin

_IMPORT = re.compile(r"import time: +(\d+) \| +\d+ \| +(\S+)$")
_LONGEST = 200  # characters of what it prints that are told


@frozen
class Visit:
    """What was seen of a plugin from outside."""

    plugin: Plugin
    examination: Examination
    printed: str = ""
    """The beginning of what it writes to stdout or stderr when it is imported."""
    libraries: Mapping[str, float] = field(factory=dict)
    """What others wrote and it imports at once: seconds by the name of the top module."""


def visit(plugin: Plugin, timeout_seconds: float) -> Visit:
    """Examine a plugin; never raises for what it does."""
    with TemporaryDirectory(prefix="copydesk-doctor-") as name:
        folder = Path(name)
        end = _run(plugin, folder, timeout_seconds)
        errors = (folder / "stderr").read_text("utf-8", "replace").partition(f"{BEGINS}\n")[2]
        printed = (folder / "stdout").read_text("utf-8", "replace")
        printed += "".join(f"{line}\n" for line in errors.splitlines() if not _is_noise(line))
        try:
            found = msgspec.json.decode((folder / "found").read_bytes(), type=Examination)
        except (FileNotFoundError, msgspec.DecodeError):
            found = Examination(0.0, "broken", end)
    return Visit(plugin, found, printed.strip()[:_LONGEST], _sum_up(errors, plugin))


def _run(plugin: Plugin, folder: Path, timeout_seconds: float) -> str:
    """Run the examination, and return how it ended if it came to no result."""
    words = [sys.executable, "-P", "-X", "importtime", "-m", "copydesk.doctor.examination"]
    words += ["file" if plugin.is_file else "entry", plugin.name, str(folder / "found")]
    with (folder / "stdout").open("wb") as output, (folder / "stderr").open("wb") as errors:
        child = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, start_new_session=True
        )
        try:
            code = child.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            return f"its import has not come to an end in {timeout_seconds:g} seconds"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # also what it may have started
            child.wait()
    if code < 0:
        return f"its import ends the process with {signal.Signals(-code).name}"
    return f"its import ends the process with code {code}"


def _is_noise(line: str) -> bool:
    return line.startswith("import time:")


def _sum_up(errors: str, plugin: Plugin) -> dict[str, float]:
    """Return the seconds of each library that is neither Python's, nor ours, nor its own."""
    own = {"copydesk", "" if isinstance(plugin.entry, Path) else plugin.entry.module}
    tops = {name.partition(".")[0] for name in own}
    found: dict[str, float] = {}
    for line in errors.splitlines():
        match = _IMPORT.match(line)
        top = match[2].partition(".")[0] if match else ""
        if match and top not in tops and top not in sys.stdlib_module_names:
            found[top] = found.get(top, 0.0) + int(match[1]) / 1e6
    return found

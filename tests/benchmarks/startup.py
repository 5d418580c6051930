"""Prints what installed plugins add to the start of the command.

Usage: `python tests/benchmarks/startup.py [--plugins 20] [--repeat 15] [--library numpy]`. Each
plugin is a distribution of its own whose module imports the library at its top. Runs with and
without them alternate; the figures are medians of CPU seconds, user and system.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

_MODULE = """
import {library}
from copydesk.api import NoOptions, StepSpec, hookimpl

class Same:
    def __init__(self, options): pass
    def process(self, document): return document

@hookimpl
def copydesk_steps():
    return [StepSpec("{name}.same", NoOptions, Same)]
"""
_CHAIN = """
copydesk: 1
source: {use: folder, options: {path: .}}
chain: [encoding.chardet]
store: {use: sqlite, options: {path: out.db}}
plugins: {allow: ALLOW}
"""


def install_plugins(site: Path, count: int, library: str) -> None:
    """Write distributions with one plugin each, as pip would leave them."""
    for number in range(count):
        name = f"dummy{number}"
        (site / f"{name}.py").write_text(_MODULE.format(library=library, name=name))
        info = site / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[copydesk]\n{name} = {name}\n")


def main() -> None:
    """Measure the help, and the lint of chains that allow all of the plugins, or none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plugins", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--library", default="numpy")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for folder in ("none", "some"):
            (home / folder).mkdir()
        install_plugins(home / "some", asked.plugins, asked.library)
        (home / "all.yaml").write_text(_CHAIN.replace("ALLOW", "['*']"))
        (home / "few.yaml").write_text(_CHAIN.replace("ALLOW", "[]"))
        words = {
            "copydesk --help": ["--help"],
            "check, all allowed": ["check", "all.yaml"],
            "check, none allowed": ["check", "few.yaml"],
        }
        for title, verb in words.items():
            seconds = defaultdict(list)
            for _ in range(asked.repeat):
                for folder in ("none", "some"):
                    seconds[folder].append(_measure(verb, home, home / folder))
            none, some = (statistics.median(seconds[folder]) for folder in ("none", "some"))
            told = f"0 plugins {none:.3f} s, {asked.plugins} plugins {some:.3f} s of CPU"
            print(f"{title:20} {told}, {1000 * (some - none):+.0f} ms")


def _measure(words: list[str], home: Path, site: Path) -> float:
    """Return the CPU seconds of one run of the command."""
    process = subprocess.Popen(
        [sys.executable, "-m", "copydesk.cli", *words],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(site)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"copydesk {' '.join(words)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()

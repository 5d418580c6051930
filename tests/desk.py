"""A desk to run the command at, as a user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

ROOT = Path(__file__).parents[1]
"""The folder of the repository."""


@frozen
class Desk:
    """Runs `copydesk` in a folder of its own, as a user would."""

    folder: Path
    settings: Mapping[str, str] = field(factory=dict)
    """Environment variables for every process."""

    def copydesk(self, *words: object, **settings: Any) -> subprocess.CompletedProcess[str]:
        """Run a verb in a new process; its exit code, stdout and stderr are in the result."""
        return subprocess.run(
            [sys.executable, "-m", "copydesk.cli", *map(str, words)],
            cwd=self.folder,
            env={**os.environ, **self.settings},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **settings,
        )

    def records(self, store: str = "out.db") -> dict[str, Any]:
        """Return the current records of a store by URI."""
        done = self.copydesk("export", "--store", store)
        assert 0 == done.returncode, done.stderr
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        return {row["source"]["uri"]: row for row in rows}

    def run(self, config: object, *words: object, **settings: Any) -> dict[str, Any]:
        """Run a chain into `out.db`; return the summary, after holding it to the sum rule."""
        done = self.copydesk("run", config, "--json", *_stored(words), **settings)
        assert done.returncode in {0, 1}, done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        states = ("done", "dropped", "quarantined", "unchanged")
        assert summary["listed"] == sum(summary[state] for state in states)
        assert done.returncode == (1 if summary["quarantined"] else 0)
        return summary


def _stored(words: tuple[object, ...]) -> tuple[object, ...]:
    return words if "--store" in words else ("--store", "out.db", *words)

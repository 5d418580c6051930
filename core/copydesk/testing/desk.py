"""A desk to run the command at, as a user would, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from copydesk.opening import open_store
from copydesk.testing.expectation import object_to
from copydesk.testing.tally import check_sum, find_counts

_SECONDS = 120
_STORE = "out.db"
_BATCHES = {"run", "retry"}


@frozen
class Desk:
    """Runs `copydesk` in a folder of its own, as a user would, and asserts what came of it."""

    folder: Path
    settings: Mapping[str, str] = field(factory=dict)
    """Environment variables for every process."""

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file below the folder, with the folders that it needs; return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def write_chain(
        self,
        *steps: str | Mapping[str, Any],
        source: str | Mapping[str, Any] = "articles",
        plugins: Sequence[str] = (),
        **settings: Any,
    ) -> Path:
        """Write `chain.yaml` with these steps, for the articles of a folder; return its path.

        `settings` are other keys of a chain, such as `executor`.
        """
        folder = {"use": "folder", "options": {"path": source}}
        whole = {
            "copydesk": 1,
            **({"plugins": list(plugins)} if plugins else {}),
            "source": folder if isinstance(source, str) else source,
            "chain": list(steps),
            "store": {"use": "sqlite", "options": {"path": _STORE}},
            **settings,
        }
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in whole.items()]
        return self.write("chain.yaml", "\n".join(lines) + "\n")

    def copydesk(self, *words: object, **settings: Any) -> subprocess.CompletedProcess[str]:
        """Run a verb in a new process; its exit code, stdout and stderr are in the result.

        What a batch came to is held to the sum rule.
        """
        done = subprocess.run(
            [sys.executable, "-m", "copydesk.cli", *map(str, words)],
            cwd=self.folder,
            env={**os.environ, **self.settings},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            **settings,
        )
        if words[0] in _BATCHES and done.returncode in {0, 1}:
            check_sum(find_counts(done.stdout, done.stderr), done.returncode)
        return done

    def run(self, config: object = "chain.yaml", *words: object, **settings: Any) -> dict[str, Any]:
        """Run a chain into `out.db`; return the summary."""
        done = self.copydesk("run", config, "--json", *_stored(words), **settings)
        if done.returncode not in {0, 1}:
            raise AssertionError(done.stderr)
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def records(self, store: str = _STORE) -> dict[str, Any]:
        """Return the current records of a store by the name of their item."""
        done = self.copydesk("export", "--store", store)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return {_key(row): row for row in map(json.loads, done.stdout.splitlines())}

    def assert_record(
        self, key: str, expected: Mapping[str, Any], store: str = _STORE
    ) -> dict[str, Any]:
        """Hold the record of an item to what is expected, told as in the tests of a chain.

        `{"language.code": "de", "text": {"lacks": "Comments"}}`. Returns the record.
        """
        records = self.records(store)
        if key not in records:
            raise AssertionError(f"{key} has no record; there are {', '.join(records) or 'none'}")
        faults = [
            f"{key}: {path}: {objection}"
            for path, wanted in expected.items()
            if (objection := object_to(records[key], path, wanted))
        ]
        if faults:
            raise AssertionError("\n".join(faults))
        record: dict[str, Any] = records[key]
        return record

    def assert_not_done(self, key: str, state: str, reason: str = "", store: str = _STORE) -> None:
        """Hold that an item was `dropped` or `quarantined`, for a reason with these words in it."""
        opened = open_store("sqlite", str(self.folder / store))
        try:
            rows = {row.key: row for row in opened.rows()}
        finally:
            opened.close()
        if key not in rows:
            raise AssertionError(f"{key} is neither dropped nor quarantined; others: {list(rows)}")
        row = rows[key]
        if row.state != state or reason not in row.reason:
            raise AssertionError(f"{key} is {row.state}: {row.reason}\n{row.traceback}")


def _stored(words: tuple[object, ...]) -> tuple[object, ...]:
    return words if "--store" in words else ("--store", _STORE, *words)


def _key(row: Mapping[str, Any]) -> str:
    uri, member = row["source"]["uri"], row["source"]["member"]
    return str(uri) if member is None else f"{uri}#{member}"

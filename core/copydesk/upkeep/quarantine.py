"""What waits in quarantine: chosen for another try, listed, shown."""

from __future__ import annotations

import json
import os
import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs

from copydesk.config import Config
from copydesk.errors import CopydeskError, StoreError
from copydesk.ledger import Row, Run
from copydesk.place import hide_password
from copydesk.plans.planning import build
from copydesk.printable import make_printable, quote
from copydesk.spec import Store

_EXAMPLES = 5
_READ = "read"  # what comes before all steps


def waiting(config: Config, step: str | None, error: str | None) -> frozenset[str]:
    """Return the keys of the items in quarantine that a step and an error's words put there.

    Raises `CopydeskError` where others wait, but none such.
    """
    with closing(build(config.store)) as store:
        rows = list(_rows(store))
    fitting = [
        row.key
        for row in rows
        if (step is None or step in {row.step, _place(row)})
        and (error is None or error in row.reason)
    ]
    if rows and not fitting:
        raise CopydeskError(_object(rows, step, error))
    return frozenset(fitting)


def _object(rows: Sequence[Row], step: str | None, error: str | None) -> str:
    """Say that nothing fits, and what there is."""
    counts = Counter(map(_place, rows))
    if step is not None and not any(step in {row.step, _place(row)} for row in rows):
        steps = ", ".join(f"{quote(name)} ({count})" for name, count in counts.most_common())
        return f"--step: nothing in quarantine failed on {quote(step)}; the steps are {steps}"
    where = "" if step is None else f" of those that failed on {quote(step)}"
    return (
        f"--error: the error of nothing in quarantine{where} contains {quote(error or '')}; "
        "`copydesk quarantine list` tells the errors"
    )


def _place(row: Row) -> str:
    """Return where an item failed, as the list names it."""
    return row.step or _READ


def list_waiting(store: Store, *, as_json: bool) -> int:
    """Print the items in quarantine by step and error; 1 if there are any."""
    rows = list(_rows(store))
    if as_json:
        print(json.dumps([attrs.asdict(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        for line in _groups(rows):
            print(make_printable(line))
    return 1 if rows else 0


def show_waiting(store: Store, path: str, uri: str, *, as_json: bool) -> int:
    """Print all that is known of one item; raises `StoreError` if it is not in quarantine."""
    path = hide_password(path)
    found = next((row for row in _rows(store) if row.key == uri), None)
    if found is None:
        raise StoreError(
            f"{path}: '{uri}' is not in quarantine; `copydesk quarantine list` names what is"
        )
    run = next((run for run in store.runs() if run.number == found.run), None)
    if as_json:
        plain = attrs.asdict(found) | {"chain": run.chain if run else None}
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        for line in _describe(found, run, path):
            print(make_printable(line, keep="\n\t"))
    return 1


def _rows(store: Store) -> Iterator[Row]:
    return (row for row in store.rows() if row.state == "quarantined")


def _groups(rows: Iterable[Row]) -> Iterator[str]:
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.step, row.reason].append(row)
    if not groups:
        yield "nothing waits in quarantine"
    for (step, reason), members in sorted(groups.items(), key=lambda group: -len(group[1])):
        yield f"{len(members)}  {step or _READ}: {reason}"
        for row in members[:_EXAMPLES]:
            tries = f"  ({row.attempts} tries)" if row.attempts > 1 else ""
            yield f"     {row.key}{tries}"
        if len(members) > _EXAMPLES:
            yield f"     and {len(members) - _EXAMPLES} more; --json names them all"


def _describe(row: Row, run: Run | None, path: str) -> Iterator[str]:
    yield row.key
    yield f"  step      {_place(row)}"
    yield f"  error     {row.reason}"
    yield f"  attempts  {row.attempts}"
    if run is not None:
        yield f"  run       {run.number}, begun {run.started}, chain {run.chain}"
        step = next((step for step in run.steps if step["label"] == row.step), None)
        if step is not None:
            yield f"  plugin    {_plugin(step)}"
            yield f"  options   {json.dumps(step['options'], ensure_ascii=False)}"
        retry = shlex.join(["copydesk", "retry", run.chain, _near(run.source), "--store", path])
        yield f"  try again {retry}"
        yield f"  explain   {shlex.join(['copydesk', 'explain', run.chain, *_locate(row, run)])}"
    if row.traceback:
        yield ""
        yield row.traceback.rstrip()


def _locate(row: Row, run: Run) -> list[str]:
    """Return how `copydesk explain` finds the document again: by its file, or in the source."""
    path = Path(_near(run.source), row.key)
    if path.is_file() or Path(str(path).partition("#")[0]).is_file():
        return [str(path)]
    return [row.key, "--source", _near(run.source)] if Path(run.source).exists() else [row.key]


def _plugin(step: Any) -> str:
    return f"{step['use']} {step['version']} from {step['plugin']}"


def _near(source: str) -> str:
    """Return a source's path as seen from here."""
    return os.path.relpath(source) if Path(source).is_absolute() else source

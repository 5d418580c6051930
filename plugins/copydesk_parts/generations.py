"""Works out which parts going back and pruning leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import merge
from itertools import groupby
from typing import Any

from attrs import astuple, evolve

from copydesk.api import Run
from copydesk_parts.line import Whole
from copydesk_parts.manifest import Manifest


def go_back(manifest: Manifest, past: int, run: int) -> Manifest:
    """Return the manifest in which the parts that counted at the end of `past` count again."""
    present = manifest.live
    wanted = {part.name: part for part in manifest.parts if part.counts_at(past)}
    names = {part.name for part in present}
    going = tuple(part for part in present if part.name not in wanted)
    coming = tuple(
        evolve(part, since=run, until=None) for part in wanted.values() if part.name not in names
    )
    return manifest.replace(going, coming, run)


def prune_runs(runs: Sequence[Run], keep: int) -> tuple[list[Run], int]:
    """Return the runs, only the newest `keep` of them kept, and the number of the oldest kept."""
    kept = [run.number for run in runs if run.kept]
    if len(kept) <= keep:
        return list(runs), 0
    oldest = kept[-keep]
    return [evolve(run, kept=run.kept and run.number >= oldest) for run in runs], oldest


def prune_parts(manifest: Manifest, oldest: int) -> Manifest:
    """Return the manifest without the parts that only runs before `oldest` need."""
    parts = (part for part in manifest.parts if part.until is None or part.until > oldest)
    return evolve(manifest, parts=tuple(parts))


def compare(present: Iterable[Whole], past: Iterable[Whole]) -> Mapping[str, int]:
    """Return how many items going back restores, and how many it withdraws."""
    marked = merge(
        ((whole, False) for whole in present), ((whole, True) for whole in past), key=_key
    )
    restored = withdrawn = 0
    for _, group in groupby(marked, _key):
        sides = {is_past: whole for whole, is_past in group}
        if True not in sides:
            line, record = sides[False]
            withdrawn += line.state != "gone" or record is not None
        elif False not in sides or _content(sides[True]) != _content(sides[False]):
            restored += 1
    return {"restored": restored, "withdrawn": withdrawn}


def _key(marked: tuple[Whole, bool]) -> str:
    return marked[0][0].key


def _content(whole: Whole) -> Any:
    """Return all but the run that wrote it."""
    line, record = whole
    return astuple(evolve(line, run=0)), record

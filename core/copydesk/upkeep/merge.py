"""Joins the records of one store with those of another; of the same item the newest stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from copydesk.errors import StoreError
from copydesk.ledger import Entry, Known, Run
from copydesk.record import words_of
from copydesk.spec import Mergeable


@frozen
class Merged:
    """What joining one store with another came to."""

    added: int
    """Items that were new, or newer than here."""
    known: int
    """Items that were here already, from the very same run or a later one of the same store."""
    runs: int
    """Runs that were new here."""
    contested: Mapping[str, bool] = field(factory=dict)
    """Items of which both stores have their own, by key; whether the one that came in was newer."""


def merge(into: Any, source: Any) -> Merged:
    """Bring what `source` knows into another store, in one transaction.

    Doing it again changes nothing. Raises `StoreError` if a store cannot be merged or is in use.
    """
    for store in (into, source):
        if not isinstance(store, Mergeable):
            raise StoreError("a store of this kind cannot be merged; the bundled ones can")
    here = {run.number: run for run in into.runs()}
    there = {run.number: run for run in source.runs()}
    contest = _judge(into.known(), here, source.known(), there)
    known = {run.identity for run in here.values()}
    new = [there[number] for number in sorted(there) if there[number].identity not in known]
    if new or contest.winners:
        into.join(_arriving(new, max(there)), _entries(source, there, contest.winners))
    return Merged(len(contest.winners), contest.known, len(new), contest.contested)


@frozen
class _Contest:
    """Which rows of a store are to come in."""

    winners: frozenset[str]
    known: int
    contested: Mapping[str, bool]


def _judge(
    mine: Iterable[Known],
    here: Mapping[int, Run],
    theirs: Iterable[Known],
    there: Mapping[int, Run],
) -> _Contest:
    standing = {row.key: here[row.run] for row in mine}
    numbers = {run.identity: number for number, run in there.items()}
    winners, contested, known = set(), {}, 0
    for row in theirs:
        coming, present = there[row.run], standing.get(row.key)
        if present is None:
            winners.add(row.key)
        elif present.identity in numbers:
            # The same store, merged before: its own numbers tell which run is the later one.
            newer = numbers[present.identity] < row.run
            known += not newer
            winners |= {row.key} if newer else set()
        else:
            contested[row.key] = newer = _age(coming) > _age(present)
            winners |= {row.key} if newer else set()
    return _Contest(frozenset(winners), known, contested)


def _age(run: Run) -> tuple[str, str]:
    """Return what tells the newer of two runs, the same in whichever order stores are merged."""
    return run.started, run.identity


def _arriving(runs: Iterable[Run], last: int) -> list[Run]:
    """Return runs as they come in: of a store's history only its end can be gone back to."""
    return [evolve(run, kept=run.kept and run.number == last, back_to=None) for run in runs]


def _entries(
    source: Mergeable, there: Mapping[int, Run], winners: frozenset[str]
) -> Iterator[tuple[str, Entry]]:
    for number, entry in source.entries():
        # A run that began meanwhile, if one is on, is left for the next time.
        if entry.key in winners and number in there:
            words = "" if entry.record is None else words_of(entry.record)
            yield there[number].identity, evolve(entry, search=words)

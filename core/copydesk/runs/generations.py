"""Takes a store back to the state that an earlier run left it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from attrs import evolve, frozen

from copydesk.errors import StoreError
from copydesk.ledger import Run
from copydesk.spec import Generations, Store


@frozen
class Rollback:
    """What going back came to."""

    run: int
    """Number of the run that it is."""
    back_to: Run
    """The run whose state is current again."""
    counts: Mapping[str, int]
    """Numbers of items by what was done to them: `restored`, `withdrawn`."""


def generations_of(store: Store, use: str) -> Generations:
    """Return the store as one that can go back; raises `StoreError` if it cannot."""
    if isinstance(store, Generations):
        return store
    raise StoreError(
        f"the store '{use}' keeps the newest records only: it can neither go back nor prune; "
        "the bundled stores can"
    )


def roll_back(store: Store, use: str, number: int) -> Rollback:
    """Make the state at the end of an earlier run current again.

    Raises `StoreError` if there is no such run, if it was pruned, or if another run is on.
    """
    generations = generations_of(store, use)
    target = _find(store, number)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    description = evolve(
        target, started=now, number=0, finished=None, counts={}, identity=uuid4().hex,
        back_to=number,
    )  # fmt: skip
    made = store.begin(description)
    counts = generations.roll_back(number)
    store.end(counts)
    return Rollback(made, target, counts)


def _find(store: Store, number: int) -> Run:
    runs = {run.number: run for run in store.runs()}
    kept = ", ".join(str(number) for number in sorted(runs) if runs[number].kept)
    if number not in runs:
        raise StoreError(f"there is no run {number}; runs to go back to: {kept or 'none'}")
    if not runs[number].kept:
        raise StoreError(
            f"run {number} was pruned, and its records with it; runs to go back to: "
            f"{kept or 'none'}"
        )
    return runs[number]

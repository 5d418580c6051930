"""Makes the plan of a configured chain: builds its source, asks its store, compares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from typing import Any

from attrs import evolve, frozen

from copydesk.built import Built
from copydesk.config import Config, Use
from copydesk.errors import CopydeskError, DocumentError, PluginError
from copydesk.fingerprint import fingerprint_steps
from copydesk.item import Busy, Item, Listed, Skipped, Unreadable
from copydesk.ledger import Known
from copydesk.plans.change import explain_change
from copydesk.plans.comparison import plan
from copydesk.plans.description import describe, place_of
from copydesk.plans.plan import Plan
from copydesk.plans.request import Request
from copydesk.reason import explain
from copydesk.spec import Source, Store

_LISTED = (Item, Skipped, Unreadable, Busy)
_PLACE = re.compile(r"\bdocument\s*\.\s*(?:uri|member)\b")  # as CEL may write it


@frozen
class Forecast:
    """A plan, and why its stale records are stale."""

    plan: Plan
    reasons: tuple[tuple[str, int], ...]
    """Each change of the chain in words, with the number of records it makes stale."""


def forecast(config: Config, request: Request, listing: Callable[[], None]) -> Forecast:
    """Return what a run would do; nothing is written, and no store is made."""
    with closing(build(config.store)) as store:
        made = make_plan(config, store, request, listing)
        return Forecast(made, _explain(config, store, made))


def make_plan(config: Config, store: Store, request: Request, listing: Callable[[], None]) -> Plan:
    """Return the plan that a run follows.

    Raises `CopydeskError` for a retry of what only another source has.
    """
    place = place_of(config)
    others = {run.number: run.source for run in store.runs() if run.source != place}
    made = _compare(config, store.known(), evolve(request, elsewhere=frozenset(others)), listing)
    lost = next((row for row in made.gone if row.run in others), None)
    if request.only is not None and lost is not None:
        raise CopydeskError(
            f"retry: '{lost.key}' came into quarantine in a run over {others[lost.run]}, and is "
            f"not in {place}; give that path as SOURCE_PATH"
        )
    return made


def last_source(store: Store) -> str | None:
    """Return where the last finished run of a store had its items from, None before the first."""
    return next((run.source for run in store.runs() if run.finished), None)


def build(use: Use) -> Any:
    """Build a source, a store or an executor from its options."""
    return use.offer.spec.build(use.options)


@contextmanager
def opened(use: Use) -> Iterator[Source]:
    """Build a source, and close it at the end if it wants that."""
    built = Built.of(build(use))
    try:
        yield built.value
    finally:
        built.close()


def _compare(
    config: Config, known: Iterable[Known], request: Request, listing: Callable[[], None]
) -> Plan:
    fingerprint = fingerprint_steps(config.chain)[-1]
    specs: list[Any] = [step.offer.spec for step in config.chain]
    reads_items = any("item" in spec.needs for spec in specs)
    may_move = not (reads_items or _asks_for_place(config))
    request = evolve(request, may_move=may_move, may_touch=not reads_items)
    with opened(config.source) as source:
        listed = _counted(config, source, listing)
        return plan(listed, known, fingerprint, partial(_digest, source), request)


def _explain(config: Config, store: Store, made: Plan) -> tuple[tuple[str, int], ...]:
    """Return each change that makes records stale, and how many."""
    before = {run.fingerprint: run.steps for run in store.runs()}
    now = describe(config).steps
    return tuple(
        (explain_change(before.get(fingerprint, ()), now), count)
        for fingerprint, count in made.stale.most_common()
    )


def _counted(config: Config, source: Source, listing: Callable[[], None]) -> Iterator[Listed]:
    """Yield what a source lists; raises `PluginError` where it fails to go on."""
    try:
        for thing in source.items():
            listing()
            if not isinstance(thing, _LISTED):
                raise PluginError(f"it lists a {type(thing).__name__}, not an Item")  # noqa: TRY301
            if not isinstance(thing.key, str):
                raise PluginError(f"it lists the key {thing.key!r}, which is no text")  # noqa: TRY301
            yield thing
    except (Exception, SystemExit) as error:
        raise PluginError(
            f"the source '{config.source.use}' cannot list what it has: {explain(error)}"
        ) from error


def _asks_for_place(config: Config) -> bool:
    """Return whether a condition asks where the item stands, so that a record may not follow it."""
    return any(_PLACE.search(step.when or "") for step in config.chain)


def _digest(source: Source, item: Item) -> str | None:
    """Return the hash of an item's content, None where it cannot be read."""
    try:
        return sha256(source.read(item)).hexdigest()
    except (DocumentError, OSError):
        return None

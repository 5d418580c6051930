"""Opens what is compared: each side is a chain, or a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen

from copydesk.config import Config
from copydesk.config.composition import Overrides
from copydesk.difference.chains import Rebuilding, compare_chains
from copydesk.difference.fate import givers_of
from copydesk.difference.stores import compare_stores
from copydesk.difference.tally import Tally
from copydesk.errors import CopydeskError
from copydesk.formats.damage import naming_damage
from copydesk.opening import open_chain, open_store
from copydesk.place import hide_password
from copydesk.registry import Registry
from copydesk.runs.run import Progress

_ENDINGS = (".yaml", ".yml")


@frozen
class Asked:
    """What the command line asks to compare, and how."""

    before: str
    after: str
    use: str
    """The kind of a side that is a store."""
    source: Path | None
    """In place of the path of a chain's source."""
    workers: int | str | None
    overrides: Overrides
    """What is changed in a side that is a chain."""
    limit: int | None
    keeps_keys: bool


def compare_sides(asked: Asked, progress: Progress) -> Tally:
    """Return what differs; raises `CopydeskError` for a side that cannot be opened."""
    if not any(map(_is_chain, (asked.before, asked.after))):
        _refuse_needless(asked)
    with _open(asked, asked.before) as (before, one), _open(asked, asked.after) as (after, other):
        registry = one or other or Registry.installed()
        tally = Tally(givers_of(registry), asked.keeps_keys)
        is_chain = isinstance(before, Config), isinstance(after, Config)
        if all(is_chain):
            compare_chains(before, after, tally, progress, asked.limit)
        elif not any(is_chain):
            compare_stores(before, after, tally, asked.limit)
        elif is_chain[0]:
            Rebuilding(before, after, is_before=True).compare(tally, progress, asked.limit)
        else:
            Rebuilding(after, before, is_before=False).compare(tally, progress, asked.limit)
    return tally


def _is_chain(name: str) -> bool:
    return name.lower().endswith(_ENDINGS)


def _refuse_needless(asked: Asked) -> None:
    """Raise `CopydeskError` for what can only be changed in a chain, where there is none."""
    chosen = {
        f"SOURCE_PATH '{asked.source}'": asked.source,
        "--workers": asked.workers,
        "--profile": asked.overrides.profile,
        "--set": asked.overrides.settings,
        "--locked": asked.overrides.is_locked,
    }
    needless = next((name for name, value in chosen.items() if value), None)
    if needless is not None:
        raise CopydeskError(
            f"{needless} is for chains (.yaml), and '{asked.before}' and '{asked.after}' are "
            "stores, which are compared as they are; leave it out"
        )


@contextmanager
def _open(asked: Asked, name: str) -> Iterator[tuple[Any, Registry | None]]:
    """Open a chain, by the ending of its name, or else a store."""
    if _is_chain(name):
        yield open_chain(Path(name), asked.source, workers=asked.workers, overrides=asked.overrides)
        return
    store = open_store(asked.use, name)
    try:
        with naming_damage(store, hide_password(name)):
            yield store, None
    finally:
        store.close()

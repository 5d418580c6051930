"""Makes the lock of a chain from the plugins that are installed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import distribution, version
from pathlib import Path

from copydesk.api import API_VERSION
from copydesk.config import Config
from copydesk.locks.comparison import name_file
from copydesk.locks.digest import hash_distribution, hash_file
from copydesk.locks.lock import Lock, Locked
from copydesk.plugin import OWN
from copydesk.registry import Offer, Registry

Opened = tuple[Config, Registry]
"""A chain with its plugins."""


def make_lock(chains: list[Opened]) -> Lock:
    """Return the lock of a chain, opened once for each of its profiles."""
    uses: dict[str, set[str]] = defaultdict(set, {OWN: set()})  # the core is always there
    files: dict[str, Path] = {}
    for config, registry in chains:
        for offer in _offers(config):
            uses[offer.plugin].add(f"{offer.seam} {offer.spec.name}")
        for plugin in registry.watchers():
            uses[plugin.distribution] |= set()
        files |= {name_file(file, config.path.parent): file for file in config.plugins}
    names = {file.name for file in files.values()}
    locked = [_lock_distribution(name, uses[name]) for name in sorted(uses) if name not in names]
    locked += [_lock_file(name, files[name], uses[files[name].name]) for name in sorted(files)]
    return Lock(version(OWN), API_VERSION, tuple(locked))


def _offers(config: Config) -> Iterator[Offer]:
    yield config.source.offer
    yield from (step.offer for step in config.chain)
    yield config.store.offer
    yield config.executor.offer


def _lock_distribution(name: str, uses: set[str]) -> Locked:
    found = distribution(name)
    return Locked(
        name, "distribution", found.version, hash_distribution(found), tuple(sorted(uses))
    )


def _lock_file(name: str, file: Path, uses: set[str]) -> Locked:
    return Locked(name, "file", "", hash_file(file), tuple(sorted(uses)))

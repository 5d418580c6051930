"""Opens what the command line names: a chain by its file, a store by its path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve, fields_dict

from copydesk.config import Config, Use
from copydesk.config.composition import NO_OVERRIDES, Composition, Overrides, compose
from copydesk.config.load import check, find_profiles, load, select_plugins
from copydesk.errors import CopydeskError, StoreError
from copydesk.fault import Fault, arrange
from copydesk.place import find_kind, hide_password
from copydesk.registry import Registry
from copydesk.spec import Store


def open_registry(config: Path, overrides: Overrides = NO_OVERRIDES) -> Registry:
    """Return the plugins that a chain may use: installed ones, and those that it lists as files.

    Raises `LockError` if they must be those of its lock and are not.
    """
    return _open_registry(config, overrides, compose(config, overrides))


def _open_registry(config: Path, overrides: Overrides, composition: Composition) -> Registry:
    selection = select_plugins(config, composition)
    rules = list(selection.rules)
    if overrides.is_locked:
        from copydesk.locks.comparison import hold_to_lock  # noqa: PLC0415 - rarely needed, and every start would pay

        rules.append(hold_to_lock(config, selection.files))
    return Registry.installed(selection.files, rules)


def open_chain(
    path: Path,
    source: Path | None = None,
    store: str | None = None,
    workers: int | str | None = None,
    overrides: Overrides = NO_OVERRIDES,
) -> tuple[Config, Registry]:
    """Return a chain with what the command line puts in place of its settings."""
    composition = compose(path, overrides)
    registry = _open_registry(path, overrides, composition)
    config = load(path, registry, composition=composition, source_path=source, store_path=store)
    if workers is not None:
        executor = _with_option(config.executor, "executor", "workers", workers)
        config = evolve(config, executor=executor)
    return config, registry


def leave_fresh(config: Config, quiet_seconds: float) -> Config:
    """Return a chain whose source leaves alone what has changed in the last so many seconds."""
    source = _with_option(config.source, "source", "quiet_seconds", quiet_seconds)
    return evolve(config, source=source)


def check_chain(path: Path, overrides: Overrides) -> list[Fault]:
    """Return every fault of a chain, and of each of its profiles where none is chosen.

    A variable of the environment that only another profile needs may be missing: it is a warning.
    """
    faults = check(path, open_registry(path, overrides), overrides=overrides)
    for name in find_profiles(path, overrides):
        other = evolve(overrides, profile=name)
        registry = open_registry(path, other)
        faults += check(path, registry, overrides=other, unset="warning")
    return arrange(faults)


def open_store(use: str, place: str) -> Any:
    """Return the store of kind `use` at a place, to read; raises `StoreError` where there is none.

    A store makes nothing before a run begins, so looking for one leaves no trace.
    """
    store = make_store(use, place)
    try:
        check_begun(store, hide_password(place))
    except StoreError:
        store.close()
        raise
    return store


def check_begun(store: Store, place: str) -> None:
    """Raise `StoreError` if no run has ever begun in a store, so that there is none."""
    if next(iter(store.runs()), None) is None:
        raise StoreError(f"{place}: there is no store here; `copydesk run` makes one")


def make_store(use: str, place: str) -> Any:
    """Return the store of kind `use` at a place, which its first run makes if it is not there.

    Raises `StoreError` if there is one of another kind.
    """
    kind = find_kind(place)
    if kind not in {None, use}:
        raise StoreError(f"{place}: a store of kind '{kind}', not '{use}'; say --use {kind}")
    spec: Any = Registry.installed().offer("store", use).spec
    options = fields_dict(spec.options)
    if "path" in options:
        return spec.build(spec.options(path=Path(place)))
    if "url" in options:
        return spec.build(spec.options(url=place))
    raise StoreError(f"the store '{use}' cannot be named on the command line: it has no path")


def _with_option(use: Use, seam: str, name: str, value: object) -> Use:
    """Return a plugin's use with an option that the command line gives."""
    if name not in fields_dict(type(use.options)):
        flag = name.removesuffix("_seconds")
        raise CopydeskError(f"--{flag}: the {seam} '{use.use}' has no option '{name}'")
    return evolve(use, options=evolve(use.options, **{name: value}))

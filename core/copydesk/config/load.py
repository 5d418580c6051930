"""Loads a chain from its YAML file, or tells every fault in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
from attrs import evolve, frozen

from copydesk.admission import Rule
from copydesk.config import Config, Use
from copydesk.config.choice import Chooser, options_of, place_of
from copydesk.config.composition import COMPOSING, NO_OVERRIDES, Composition, Overrides, compose
from copydesk.config.format import ChainFormat, UseFormat
from copydesk.config.node import Listing, Node, Scalar, Table
from copydesk.config.path import exists, explain_missing
from copydesk.config.selection import Selection, check_selection, read_selection
from copydesk.config.steps import load_steps
from copydesk.config.structure import take
from copydesk.errors import ConfigError
from copydesk.fault import Fault, Origin, Place, Severity, arrange
from copydesk.registry import Offer, Registry, Seam


def load(  # noqa: PLR0913 - all but two have names and defaults
    path: Path,
    registry: Registry,
    *,
    overrides: Overrides = NO_OVERRIDES,
    composition: Composition | None = None,
    source_path: Path | None = None,
    store_path: str | Path | None = None,
) -> Config:
    """Return the chain that a YAML file states; raises `ConfigError` with every fault in it.

    Its tests, which no run needs, are left for `cases_of` to read. `composition` is what the file
    states with these overrides, where it has been read already.

    `source_path` and `store_path` stand in for the option called `path` of source and store (or
    `url` of a store that has no path); they are relative to the current folder, as all other paths
    are to that of the file.
    """
    composition = composition or compose(path, overrides)
    faults = list(composition.faults)
    loader = _Loader(path, registry, faults)
    config = loader.load(composition.root, source_path, store_path)
    errors = [fault for fault in faults if fault.severity == "error"]
    if config is None or errors:
        raise ConfigError(arrange(errors))
    return evolve(config, warnings=tuple(arrange(faults)))


def check(  # noqa: PLR0913 - all but two have names and defaults
    path: Path,
    registry: Registry,
    *,
    overrides: Overrides = NO_OVERRIDES,
    source_path: Path | None = None,
    store_path: str | Path | None = None,
    unset: Severity = "error",
) -> list[Fault]:
    """Return every fault of a chain, warnings too, in the order of its lines.

    `unset` is how grave it is that a variable of the environment is missing.
    """
    composition = compose(path, overrides, unset)
    faults = list(composition.faults)
    _Loader(path, registry, faults).load(composition.root, source_path, store_path)
    tests = composition.root.get("tests") if composition.root else None
    if isinstance(tests, Listing):
        from copydesk.config.cases import read_cases  # noqa: PLC0415 - no run needs it

        read_cases(tests.nodes, faults)
    return arrange(faults)


def select_plugins(path: Path, composition: Composition | None = None) -> Selection:
    """Return what a chain says under `plugins`, for the registry to go by.

    What is wrong with the file is left for `load` to tell. Of a chain that cannot be put together
    no one knows what it blocks, so it gets no external plugins.
    """
    root = (composition or compose(path)).root
    if root is None:
        return Selection(rules=(Rule(str(path), allow=()),))
    return read_selection(root.get("plugins"))


def find_profiles(path: Path, overrides: Overrides = NO_OVERRIDES) -> tuple[str, ...]:
    """Return the names of a chain's profiles, none where one is chosen."""
    return () if overrides.profile else compose(path, overrides).profiles


@frozen
class _Loader:
    """Loads one file."""

    path: Path
    registry: Registry
    faults: list[Fault]

    @property
    def chooser(self) -> Chooser:
        """What finds plugins and makes their options."""
        return Chooser(self.registry, self.faults)

    def load(
        self, root: Table | None, source_path: Path | None, store_path: str | Path | None
    ) -> Config | None:
        """Return the chain, or None where a fault leaves a hole in it."""
        if root is None:
            return None
        keys = take(root, ChainFormat, self.faults, "key")
        source = self._use("source", keys.pop("source", None), source_path)
        store = self._use("store", keys.pop("store", None), store_path)
        executor = self._use("executor", keys.pop("executor", None))
        chain = load_steps(keys.pop("chain", ()), self.chooser)
        keys["plugins"] = check_selection(root.get("plugins"), self.registry, self.faults)
        if source is None or store is None or executor is None:
            return None
        for key in ("copydesk", *COMPOSING):
            keys.pop(key, None)
        return Config(self.path, source, chain, store, executor, **keys)

    def _use(self, seam: Seam, node: Node | None, path: str | Path | None = None) -> Use | None:
        """Return a chosen source, store or executor."""
        table = self.chooser.open(seam, node)
        keys = take(table, UseFormat, self.faults, "key", seam) if table else {}
        if table is None or "use" not in keys:
            return None
        place = place_of(table, "use")
        offer = self.chooser.find(seam, keys["use"], place)
        if offer is None:
            return None
        options = options_of(table, place)
        if path is not None and isinstance(options, Table):
            options = self._replace_path(offer, options, path)
        made = self.chooser.make_options(offer, options)
        if seam == "source" and isinstance(options, Table):
            self._check_exists(options.get("path"), getattr(made, "path", None))
        return Use(keys["use"], offer, made, place)

    def _replace_path(self, offer: Offer, options: Table, path: str | Path) -> Table:
        """Return options with the path, or the URL, of the command line in them."""
        place = Place(Origin("the command line", Path()))
        cls = offer.spec.options
        names = {attribute.alias for attribute in attrs.fields(cls)} if attrs.has(cls) else {"path"}
        name = next((name for name in ("path", "url") if name in names), None)
        if name is None:
            owner = f"the {offer.seam} '{offer.spec.name}'"
            self._blame(place, f"{owner} has no option 'path'; remove '{path}'")
            return options
        return options.replace(name, Scalar(str(path), place, str(path)))

    def _check_exists(self, node: Node | None, path: Any) -> None:
        if node is not None and isinstance(path, Path) and not exists(path):
            self._blame(node.place, explain_missing(path))

    def _blame(self, place: Place, message: str) -> None:
        self.faults.append(Fault(place, message))

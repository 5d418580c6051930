"""Finds installed plugins and keeps their specs by name; survives broken ones."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pluggy
from attrs import frozen
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from copydesk import hookspecs
from copydesk.api import API_VERSION
from copydesk.errors import PluginError
from copydesk.function import find_functions
from copydesk.spec import ExecutorSpec, SourceSpec, StepSpec, StoreSpec

Seam = Literal["source", "step", "store", "executor"]
AnySpec = SourceSpec[Any] | StepSpec[Any] | StoreSpec[Any] | ExecutorSpec[Any]

_SEAMS: dict[str, tuple[Seam, type]] = {
    "copydesk_sources": ("source", SourceSpec),
    "copydesk_steps": ("step", StepSpec),
    "copydesk_stores": ("store", StoreSpec),
    "copydesk_executors": ("executor", ExecutorSpec),
}


@frozen
class Offer:
    """One spec that a plugin offers."""

    seam: Seam
    spec: AnySpec
    plugin: str
    """Name of the distribution, or path of the file."""
    version: str
    """The step's own version if it has one, else the distribution's."""
    module: str
    """Where it comes from."""


@frozen
class Problem:
    """Why a plugin, or one of its specs, cannot be used."""

    plugin: str
    """`distribution:entry`, or the path of the file."""
    kind: Literal["broken", "clash", "incompatible"]
    detail: str
    names: tuple[str, ...] = ()
    """The specs that are lost by it, where they are known."""


@frozen
class _Found:
    """A plugin before it is imported."""

    name: str
    entry: EntryPoint | Path
    distribution: str
    version: str

    def load(self) -> ModuleType:
        if isinstance(self.entry, Path):
            return _import_file(self.entry)
        return self.entry.load()  # type: ignore[no-any-return]


class Registry:
    """The specs of all plugins that could be loaded, and the problems of the others."""

    def __init__(self, found: Iterable[_Found]) -> None:
        self.manager = pluggy.PluginManager(hookspecs.GROUP)
        self.manager.add_hookspecs(hookspecs)
        self.problems: list[Problem] = []
        self.plugins: list[str] = []
        self._offers: dict[tuple[Seam, str], list[Offer]] = {}
        for plugin in found:
            self._load(plugin)
        self._report_clashes()

    @classmethod
    def installed(cls, files: Sequence[Path] = ()) -> Registry:
        """Load the plugins of every installed distribution, and the given single files."""
        return cls([*_installed(), *(_file(path) for path in files)])

    def offers(self, seam: Seam) -> list[Offer]:
        """Return every usable offer of a seam, by name."""
        return [
            self._offers[key][0]
            for key in sorted(self._offers)
            if key[0] == seam and len(self._offers[key]) == 1
        ]

    def names(self, seam: Seam) -> list[str]:
        """Return the names that can be used for a seam."""
        return [offer.spec.name for offer in self.offers(seam)]

    def offer(self, seam: Seam, name: str) -> Offer:
        """Return what is offered under `name`; raises `PluginError` that says why it cannot be."""
        found = self._offers.get((seam, name), [])
        if len(found) == 1:
            return found[0]
        if found:
            rivals = " and ".join(f"{offer.plugin} ({offer.module})" for offer in found)
            raise PluginError(f"two plugins offer the {seam} '{name}': {rivals}; uninstall one")
        raise PluginError(f"no {seam} named '{name}'{self._hint(seam, name)}")

    def _hint(self, seam: Seam, name: str) -> str:
        close = get_close_matches(name, self.names(seam), 1, 0.6)
        if not close:
            close = [known for known in self.names(seam) if known.rpartition(".")[2] == name]
        if close:
            return f"; did you mean '{close[0]}'?"
        if self.problems:
            lost = ", ".join(f"{problem.plugin} ({problem.detail})" for problem in self.problems)
            return f"; it may belong to a plugin that could not be loaded: {lost}"
        return "; `copydesk plugins` lists what is installed"

    def _load(self, plugin: _Found) -> None:
        try:
            module = plugin.load()
            kind: Literal["broken", "incompatible"] = "incompatible"
            _check_range(module)
            kind = "broken"
            self.manager.register(module, plugin.name)
            offers = list(self._collect(module, plugin))
        except Exception as error:  # noqa: BLE001 - one broken plugin must not stop the program
            kind = "incompatible" if isinstance(error, _RangeError) else "broken"
            self._forget(plugin.name)
            told = isinstance(error, PluginError | _RangeError)
            detail = str(error) if told else f"{type(error).__name__}: {error}"
            self.problems.append(Problem(plugin.name, kind, detail))
            return
        except SystemExit as error:
            self.problems.append(Problem(plugin.name, "broken", f"it exits on import: {error}"))
            return
        self.plugins.append(plugin.name)
        for offer in offers:
            self._offers.setdefault((offer.seam, offer.spec.name), []).append(offer)

    def _forget(self, name: str) -> None:
        if self.manager.has_plugin(name):
            self.manager.unregister(name=name)

    def _collect(self, module: ModuleType, plugin: _Found) -> Iterator[Offer]:
        callers = self.manager.get_hookcallers(module) or []
        functions = list(find_functions(module))
        if not callers and not functions:
            raise PluginError(
                "it offers nothing: no function of it is marked with @step(...) or @hookimpl"
            )
        yield from _offers("step", StepSpec, functions, plugin, module)
        for caller in callers:
            if caller.name not in _SEAMS:
                if caller.spec is None:
                    raise PluginError(f"it implements an unknown hook '{caller.name}'")
                continue
            seam, kind = _SEAMS[caller.name]
            for implementation in caller.get_hookimpls():
                if implementation.plugin is module:
                    specs: Any = implementation.function()
                    yield from _offers(seam, kind, specs, plugin, module)

    def _report_clashes(self) -> None:
        for (seam, name), offers in sorted(self._offers.items()):
            if len(offers) > 1:
                rivals = " and ".join(offer.plugin for offer in offers)
                detail = f"the {seam} '{name}' is offered by {rivals}; uninstall one"
                self.problems.append(Problem(offers[-1].plugin, "clash", detail, (name,)))


class _RangeError(Exception):
    """The plugin was written for another version of the API."""


def _offers(
    seam: Seam, kind: type, specs: Iterable[Any], plugin: _Found, module: ModuleType
) -> Iterator[Offer]:
    for spec in specs:
        if not isinstance(spec, kind):
            raise PluginError(
                f"copydesk_{seam}s() gives a {type(spec).__name__}, not {kind.__name__}"
            )
        version = getattr(spec, "version", "") or plugin.version
        offered: Any = spec
        yield Offer(seam, offered, plugin.distribution, version, module.__name__)


def _check_range(module: ModuleType) -> None:
    wanted = getattr(module, "copydesk_api", None)
    if wanted is None:
        return
    try:
        fits = SpecifierSet(wanted).contains(API_VERSION)
    except InvalidSpecifier as error:
        raise _RangeError(f"its copydesk_api '{wanted}' is no version range") from error
    if not fits:
        raise _RangeError(f"it was made for copydesk API {wanted}, this is {API_VERSION}")


def _installed() -> Iterator[_Found]:
    """Yield each entry point once, even when a distribution is on the path twice."""
    found: dict[tuple[str, str], _Found] = {}
    for entry in entry_points(group=hookspecs.GROUP):
        distribution, version = _facts(entry.dist)
        name = f"{distribution}:{entry.name}"
        found.setdefault((distribution, entry.name), _Found(name, entry, distribution, version))
    for key in sorted(found):
        yield found[key]


@cache  # each reading parses the whole metadata, with the README in it
def _facts(distribution: Distribution | None) -> tuple[str, str]:
    """Return name and version of a distribution."""
    if distribution is None:
        return "?", "?"
    facts = distribution.metadata
    return facts["Name"], facts["Version"]


def _file(path: Path) -> _Found:
    digest = sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "?"
    return _Found(str(path), path, path.name, digest)


def _import_file(path: Path) -> ModuleType:
    name = f"copydesk_file_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

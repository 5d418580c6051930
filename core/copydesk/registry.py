"""Finds installed plugins and keeps their specs by name; survives broken ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from os import environ
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pluggy
from attrs import frozen
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from copydesk import hookspecs
from copydesk.admission import Rule, find_refusal, rules_of
from copydesk.api import API_VERSION
from copydesk.errors import PluginError
from copydesk.function import find_functions
from copydesk.plugin import Plugin, file_plugin, installed_plugins
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
    kind: Literal["broken", "clash", "incompatible", "blocked"]
    detail: str
    names: tuple[str, ...] = ()
    """The specs that are lost by it, where they are known."""


class Registry:
    """The specs of all plugins that could be loaded, and the problems of the others."""

    def __init__(self, found: Iterable[Plugin], rules: Sequence[Rule] = ()) -> None:
        self.manager = pluggy.PluginManager(hookspecs.GROUP)
        self.manager.add_hookspecs(hookspecs)
        self.problems: list[Problem] = []
        self.known = tuple(found)
        """Every plugin that was found, whatever became of it."""
        self.plugins: list[Plugin] = []
        """Those that were loaded."""
        self.blocked: list[tuple[Plugin, str]] = []
        """Those that a rule refuses, which are not imported, each with who refuses it."""
        self._offers: dict[tuple[Seam, str], list[Offer]] = {}
        for plugin in self.known:
            refusal = find_refusal(plugin, rules)
            if refusal is None:
                self._load(plugin)
            else:
                self._block(plugin, refusal)
        self._report_clashes()

    @classmethod
    def installed(cls, files: Sequence[Path] = (), rules: Sequence[Rule] = ()) -> Registry:
        """Load the plugins of every installed distribution, and the given single files.

        What `rules`, or those of the environment, refuse is not imported.
        """
        found = [*installed_plugins(), *map(file_plugin, files)]
        return cls(found, [*rules_of(environ), *rules])

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
            raise PluginError(
                f"two plugins offer the {seam} '{name}': {rivals}; uninstall one, or block it"
            )
        for plugin, refusal in self.blocked:
            if plugin.mentions(name):
                raise PluginError(
                    f"the {seam} '{name}' is offered by {plugin.distribution}, which is {refusal}; "
                    f"change that, or use another {seam}"
                )
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

    def _load(self, plugin: Plugin) -> None:
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
        self.plugins.append(plugin)
        for offer in offers:
            self._offers.setdefault((offer.seam, offer.spec.name), []).append(offer)

    def _block(self, plugin: Plugin, refusal: str) -> None:
        self.blocked.append((plugin, refusal))
        self.problems.append(Problem(plugin.name, "blocked", refusal))

    def _forget(self, name: str) -> None:
        if self.manager.has_plugin(name):
            self.manager.unregister(name=name)

    def _collect(self, module: ModuleType, plugin: Plugin) -> Iterator[Offer]:
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
                detail = f"the {seam} '{name}' is offered by {rivals}; uninstall one, or block it"
                self.problems.append(Problem(offers[-1].plugin, "clash", detail, (name,)))


class _RangeError(Exception):
    """The plugin was written for another version of the API."""


def _offers(
    seam: Seam, kind: type, specs: Iterable[Any], plugin: Plugin, module: ModuleType
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

"""Puts a chain together: what it includes, a profile, and what the command line sets."""

from __future__ import annotations

from os import environ
from os.path import realpath
from pathlib import Path

from attrs import evolve, field, frozen

from copydesk.config.environment import fill
from copydesk.config.format import ChainFormat
from copydesk.config.layer import lay
from copydesk.config.node import Listing, Node, Table, describe, rebuild
from copydesk.config.path import exists, explain_missing, is_file
from copydesk.config.reader import read
from copydesk.config.scalar import FAILED
from copydesk.config.structure import structure, take
from copydesk.fault import Fault, Origin, Place, Severity
from copydesk.fields import fields_of
from copydesk.suggestion import suggest

MAX_INCLUDES = 100
"""Files that one chain may include, each as often as it is named."""

COMPOSING = ("include", "change", "profiles")
"""The keys that put a chain together, of which none is left when that is done."""
_KINDS = {field.name: field.kind for field in fields_of(ChainFormat)}


@frozen
class Overrides:
    """What the command line says of a chain."""

    profile: str | None = None
    """The profile to lay on top."""
    settings: tuple[str, ...] = ()
    """Values, each as `PATH=VALUE`."""
    is_locked: bool = False
    """Whether its plugins must be those of its lock."""


NO_OVERRIDES = Overrides()


@frozen
class Composition:
    """A chain that is put together, with nothing left of the keys that did it."""

    root: Table | None
    """The chain; None where a layer is missing."""
    profiles: tuple[str, ...]
    """The names of the profiles that can be chosen."""
    faults: tuple[Fault, ...]
    """What was found wrong on the way."""


def compose(
    path: Path, overrides: Overrides = NO_OVERRIDES, unset: Severity = "error"
) -> Composition:
    """Return a chain of several layers as one.

    `unset` is how grave it is that a variable of the environment is missing.
    """
    faults: list[Fault] = []
    root = _Reader(faults).read(path)
    if root is None:
        return Composition(None, (), tuple(faults))
    profiles = _structure(root, "profiles", faults)
    profiles = {} if profiles is FAILED else profiles
    if overrides.profile is not None:
        root = _choose(root, profiles, overrides.profile, faults)
    root = root.without(*COMPOSING)
    if overrides.settings:
        from copydesk.config.setting import apply_setting  # noqa: PLC0415 - rarely needed, and every start would pay

        for setting in overrides.settings:
            root = apply_setting(root, setting, faults)
    filled = fill(root, environ, faults, unset)
    root = filled if isinstance(filled, Table) else root
    return Composition(root, tuple(profiles), tuple(faults))


@frozen
class _Reader:
    """Reads files with all that they include."""

    faults: list[Fault]
    count: list[Path] = field(factory=list)

    def read(self, path: Path, way: tuple[Path, ...] = ()) -> Table | None:
        """Return a file laid on top of what it includes; `way` is how it was come by."""
        root = read(path, self.faults)
        if root is None:
            return None
        if not isinstance(root, Table):
            message = f"found {describe(root)}; begin the file with 'copydesk: 1'"
            self.faults.append(Fault(root.place, message))
            return None
        layers = []
        for node in self._includes(root):
            layers.append(self._include(node, (*way, path)))
            if len(self.count) > MAX_INCLUDES:
                break
        below = Table((), root.place)
        for layer in layers:
            if layer is None:
                return None
            below = lay(layer, below)
        return _apply_changes(lay(root.without("include"), below), self.faults)

    def _includes(self, root: Table) -> tuple[Node, ...]:
        """Return the nodes that name files, with the environment's variables in them."""
        node = root.get("include")
        if node is None:
            return ()
        node = fill(node, environ, self.faults)
        return node.nodes if isinstance(node, Listing) else (node,)

    def _include(self, node: Node, way: tuple[Path, ...]) -> Table | None:
        path = structure(node, Path, "include", self.faults)
        if path is FAILED:
            return None
        self.count.append(path)
        names = [realpath(step) for step in way]
        if realpath(path) in names:
            around = [str(step) for step in (*way[names.index(realpath(path)) :], path)]
            message = f"include: the chain includes itself, {' -> '.join(around)}; remove one"
        elif not exists(path):
            message = f"include: {explain_missing(path)}"
        elif not is_file(path):
            message = f"include: '{path}' is no file; give the path of a chain in YAML"
        elif len(self.count) > MAX_INCLUDES:
            message = f"include: more than {MAX_INCLUDES} files in all; include fewer"
        else:
            return self.read(path, way)
        self.faults.append(Fault(node.place, message))
        return None


def _choose(root: Table, profiles: dict[str, Node], name: str, faults: list[Fault]) -> Table:
    """Return a chain with a profile on top."""
    if name not in profiles:
        place = Place(Origin(f"--profile {name}", Path()))
        advice = suggest(name, profiles, "profile")
        faults.append(Fault(place, f"the chain has no profile '{name}'; {advice}"))
        return root
    overlay = rebuild(profiles[name], lambda node: _mark(node, f"profile {name}"))
    if not isinstance(overlay, Table):
        message = f"profiles.{name}: found {describe(overlay)}; give a mapping"
        faults.append(Fault(overlay.place, message))
        return root
    from copydesk.config.overlay import ProfileFormat  # noqa: PLC0415 - rarely needed, and every start would pay

    known = take(overlay, ProfileFormat, faults, "key", f"the profile '{name}'")
    unknown = {str(entry.key.value) for entry in overlay.entries} - known.keys()
    return _apply_changes(lay(overlay.without(*unknown), root), faults)


def _mark(node: Node, via: str) -> Node:
    return evolve(node, place=evolve(node.place, via=via))


def _apply_changes(root: Table, faults: list[Fault]) -> Table:
    """Return a chain after its `change`."""
    changes, chain = root.get("change"), root.get("chain")
    if changes is not None and _structure(root, "change", faults) is not FAILED:
        chain = chain if isinstance(chain, Listing) else Listing((), root.place)
        from copydesk.config.change import change_steps  # noqa: PLC0415 - rarely needed, and every start would pay

        changed = change_steps(chain, changes, faults)  # type: ignore[arg-type]
        root = root.replace("chain", changed)
    return root.without("change")


def _structure(root: Table, key: str, faults: list[Fault]) -> dict[str, Node]:
    """Return the value of a key."""
    node = root.get(key)
    found: dict[str, Node] = {} if node is None else structure(node, _KINDS[key], key, faults)
    return found

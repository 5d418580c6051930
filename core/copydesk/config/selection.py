"""What a chain says of its plugins: files of its own, and which others may be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from attrs import frozen

from copydesk.admission import Rule, fits, names_of
from copydesk.config.node import Listing, Node, Scalar, Table
from copydesk.config.path import exists, explain_missing
from copydesk.config.scalar import FAILED
from copydesk.config.shorthand import spell_out_plugins
from copydesk.config.structure import structure
from copydesk.fault import Fault, Place
from copydesk.registry import SEAMS, Registry

_LISTS = ("block", "allow")
_UNLOADED = ("broken", "incompatible")


@frozen
class Selection:
    """What a registry is to load."""

    files: tuple[Path, ...] = ()
    """Single files that offer plugins, those that exist."""
    rules: tuple[Rule, ...] = ()
    """Which plugins may be loaded."""


def read_selection(node: Node | None) -> Selection:
    """Return what stands under `plugins`, as far as it can be read."""
    table = spell_out_plugins(node) if node else None
    if not isinstance(table, Table):
        return Selection()
    files = tuple(file for file, _ in _read_files(table, []) if exists(file))
    return Selection(files, tuple(_read_rules(table)))


def check_selection(node: Node | None, registry: Registry, faults: list[Fault]) -> tuple[Path, ...]:
    """Return the files; those that do not exist, and names that seem misspelt, are faults."""
    table = spell_out_plugins(node) if node else None
    if not isinstance(table, Table):
        return ()
    files = _read_files(table, [])
    for file, place in files:
        if not exists(file):
            faults.append(Fault(place, explain_missing(file)))
        for problem in registry.problems:
            if problem.plugin == str(file) and problem.kind in _UNLOADED:
                words = f"'{file}' cannot be loaded: {problem.detail}; mend it, or take it out"
                faults.append(Fault(place, words, severity="warning"))
    for key in _LISTS:
        for text, place in _read_texts(table, key):
            message = _doubt(text, registry)
            if message:
                faults.append(Fault(place, f"{key}: {message}", severity="warning"))
    return tuple(file for file, _ in files)


def _read_files(table: Table, faults: list[Fault]) -> list[tuple[Path, Place]]:
    node = table.get("files")
    found = structure(node, tuple[Path, ...], "files", faults) if node else ()
    if found is FAILED or not isinstance(node, Listing):
        return []
    return [(file, item.place) for file, item in zip(found, node.nodes, strict=True)]


def _read_rules(table: Table) -> Iterator[Rule]:
    for text, place in _read_texts(table, "block"):
        yield Rule(str(place), block=(text,))
    node = table.get("allow")
    if node is not None:
        names = tuple(text for text, _ in _read_texts(table, "allow"))
        yield Rule(str(node.place), allow=names, spares_files=True)


def _read_texts(table: Table, key: str) -> Iterator[tuple[str, Place]]:
    """Yield the texts of a list, each with its place; what is no list of texts is told elsewhere.

    A text by itself counts: better to load too little than what someone meant to block.
    """
    node = table.get(key)
    for item in node.nodes if isinstance(node, Listing) else filter(None, (node,)):
        if isinstance(item, Scalar) and isinstance(item.value, str):
            yield item.value, item.place


def _doubt(pattern: str, registry: Registry) -> str | None:
    """Return what may be wrong with the name of a plugin, None if nothing seems so."""
    plugins = registry.known
    if "*" in pattern or any(fits(pattern, plugin) for plugin in plugins):
        return None
    for seam in SEAMS:
        if pattern in registry.names(seam):
            owner = registry.offer(seam, pattern).plugin
            return f"'{pattern}' is a {seam}; name the plugin that offers it, '{owner}'"
    close = get_close_matches(pattern, {name for it in plugins for name in names_of(it)}, 1, 0.6)
    return f"no plugin '{pattern}' is installed; did you mean '{close[0]}'?" if close else None

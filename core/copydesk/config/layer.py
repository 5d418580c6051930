"""Lays one chain on top of another: its keys override, mappings are joined key by key."""

from __future__ import annotations

from typing import Literal

from attrs import evolve

from copydesk.config.node import Entry, Listing, Node, Table
from copydesk.config.shorthand import spell_out, spell_out_plugins

CHOICES: tuple[Literal["source", "store", "executor"], ...] = ("source", "store", "executor")
"""The keys that choose a plugin."""
_ADDED = "plugins"  # what lies below needs its own


def lay(over: Table, base: Table) -> Table:
    """Return a chain with the keys of another one over its own.

    Another `use` takes nothing of the options below it; `plugins` are added up; any other list and
    any single value is replaced.
    """
    entries = {str(entry.key.value): entry for entry in base.entries}
    for entry in over.entries:
        key = str(entry.key.value)
        below = entries.get(key)
        entries[key] = entry if below is None else evolve(entry, value=_join(key, entry, below))
    return evolve(over, entries=tuple(entries.values()))


def lay_options(over: Node, base: Node) -> Node:
    """Return a value over another one: mappings are joined, anything else is replaced."""
    if isinstance(over, Table) and isinstance(base, Table):
        return _join_tables(over, base)
    return over


def _join(key: str, over: Entry, base: Entry) -> Node:
    if key == _ADDED:
        return _add_up(over.value, base.value)
    if key in CHOICES:
        return _join_choices(over.value, base.value)
    return lay_options(over.value, base.value)


def _add_up(over: Node, base: Node) -> Node:
    """Join lists one after the other; those of files with mappings that hold such lists, too."""
    if isinstance(over, Listing) and isinstance(base, Listing):
        return evolve(over, nodes=(*base.nodes, *over.nodes))
    above, below = spell_out_plugins(over), spell_out_plugins(base)
    if not isinstance(above, Table) or not isinstance(below, Table):
        return over
    joined = below
    for entry in above.entries:
        key = str(entry.key.value)
        under = below.get(key)
        joined = joined.replace(key, entry.value if under is None else _add_up(entry.value, under))
    return evolve(joined, place=over.place)


def _join_choices(over: Node, base: Node) -> Node:
    """Join two choices of a plugin, unless the upper one names another."""
    below = spell_out(base)
    if not isinstance(over, Table) or not isinstance(below, Table):
        return over
    use = over.get("use")
    return _join_tables(over, below) if use is None or use == below.get("use") else over


def _join_tables(over: Table, base: Table) -> Table:
    entries = {str(entry.key.value): entry for entry in base.entries}
    for entry in over.entries:
        below = entries.get(str(entry.key.value))
        value = entry.value if below is None else lay_options(entry.value, below.value)
        entries[str(entry.key.value)] = evolve(entry, value=value)
    return evolve(over, entries=tuple(entries.values()))

"""Finds the plugins that a chain names, and makes their options."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from copydesk.config.node import Node, Scalar, Table, describe
from copydesk.config.path import cut
from copydesk.config.scalar import FAILED
from copydesk.config.shorthand import spell_out
from copydesk.config.structure import build
from copydesk.errors import PluginError
from copydesk.fault import Fault, Place
from copydesk.registry import Offer, Registry, Seam


@frozen
class Chooser:
    """Asks a registry, and adds a fault for each thing that it does not have."""

    registry: Registry
    faults: list[Fault]

    def open(self, seam: Seam, node: Node | None) -> Table | None:
        """Return a choice as a table: a bare name is short for one with nothing but `use`."""
        if node is None:
            return None
        table = spell_out(node)
        if isinstance(table, Table):
            return None if self._is_keyed(seam, table) else table
        if not (isinstance(node, Scalar) and node.is_told):
            wanted = f"give the name of a {seam}, or a mapping with 'use'"
            self.blame(node.place, f"found {describe(node)}; {wanted}")
        return None

    def _is_keyed(self, seam: Seam, table: Table) -> bool:
        """Tell, and return, whether the name of a plugin stands where `use` should."""
        names = {offer.spec.name for offer in self.registry.offers(seam)}
        entry = next((entry for entry in table.entries if entry.key.value in names), None)
        if entry is None or table.get("use") is not None:
            return False
        name = str(entry.key.value)
        advice = f"write 'use: {name}', with its options under 'options'"
        self.blame(entry.key.place, f"found '{name}' as a key; {advice}")
        return True

    def find(self, seam: Seam, name: str, place: Place) -> Offer | None:
        """Return what is offered under a name."""
        try:
            return self.registry.offer(seam, cut(name))
        except PluginError as error:
            self.blame(place, str(error))
            return None

    def make_options(self, offer: Offer, node: Node, key: str = "options") -> Any:
        """Return an instance of a plugin's class of options, or `FAILED`."""
        if isinstance(node, Table):
            return build(node, offer.spec.options, self.faults, offer.spec.name)
        if not (isinstance(node, Scalar) and node.is_told):
            self.blame(node.place, f"{key}: found {describe(node)}; give a mapping")
        return FAILED

    def blame(self, place: Place, message: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(place, message))


def place_of(table: Table, key: str) -> Place:
    """Return the place of a value, or of the whole where it has none of its own."""
    node = table.get(key)
    return table.place if node is None else node.place


def options_of(table: Table, place: Place, key: str = "options") -> Node:
    """Return what stands under `options`; nothing there is as good as an empty mapping."""
    node = table.get(key)
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return Table((), place)
    return node

"""Opens what may be written short: a name stands for a mapping with `use`, a list for `files`."""

from __future__ import annotations

from copydesk.config.node import Listing, Node, Scalar, Table


def spell_out(node: Node) -> Node:
    """Return a bare name as the mapping that it is short for, anything else as it is."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return Table((), node.place).replace("use", node)
    return node


def spell_out_plugins(node: Node) -> Node:
    """Return a list of files as the mapping that it is short for, anything else as it is."""
    if isinstance(node, Listing):
        return Table((), node.place).replace("files", node)
    return node


def read_label(step: Node) -> str | None:
    """Return the label of a step, given or by its name; None where it has none that can be told."""
    table = spell_out(step)
    if not isinstance(table, Table):
        return None
    label = _read_text(table, "label")
    if label is not None:
        return label
    use = _read_text(table, "use")
    if use is not None:
        return use.rpartition(".")[2]
    return "first" if table.get("first") is not None else None


def _read_text(table: Table, key: str) -> str | None:
    node = table.get(key)
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.value
    return None

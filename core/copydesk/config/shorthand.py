"""Opens what may be written short: the bare name of a plugin stands for a mapping with `use`."""

from __future__ import annotations

from copydesk.config.node import Node, Scalar, Table


def spell_out(node: Node) -> Node:
    """Return a bare name as the mapping that it is short for, anything else as it is."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return Table((), node.place).replace("use", node)
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

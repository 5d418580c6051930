"""Writes a chain as YAML after it was put together, with the place that each value came from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from copydesk.config.node import Listing, Node, Scalar, Table
from copydesk.config.reader import resolve
from copydesk.fault import Place

_PLAIN = re.compile(r"""[\w./][\w./@+=()&|<>!"'*%^;-]*(?: [\w./@+=()&|<>!"'*%^;-]+)*""")
_NAMES = {None: "null", True: "true", False: "false"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def write_resolved(root: Table) -> str:
    """Return a chain in YAML 1.2, one value a line with a comment; defaults are left out.

    Paths stay as they are written: relative to the file that the comment names.
    """
    lines = list(_write_entries(root))
    width = max((len(code) for code, comment in lines if comment and len(code) < 60), default=0)
    return "".join(
        f"{code.ljust(width)}  # {comment}\n" if comment else f"{code}\n" for code, comment in lines
    )


_Line = tuple[str, str]
"""A line of YAML, and the comment on it."""


def _write_entries(table: Table) -> Iterator[_Line]:
    for entry in table.entries:
        key = f"{_spell_text(str(entry.key.value))}:"
        yield from _write_below(key, entry.value, "" if isinstance(entry.value, Listing) else "  ")


def _write_items(listing: Listing) -> Iterator[_Line]:
    for node in listing.nodes:
        if isinstance(node, Table) and node.entries:
            first, *rest = _write_entries(node)
            yield f"- {first[0]}", first[1]
            yield from _indent(rest)
        else:
            yield from _write_below("-", node, "  ")


def _write_below(head: str, node: Node, margin: str) -> Iterator[_Line]:
    """Yield a value after its head where it is short, else below it."""
    short = _write_short(node)
    if short is not None or isinstance(node, Scalar):
        yield f"{head} {short}", _tell(node)
        return
    yield head, ""
    inner = _write_items(node) if isinstance(node, Listing) else _write_entries(node)
    yield from _indent(inner, margin or "  ")


def _indent(lines: Iterator[_Line] | list[_Line], margin: str = "  ") -> Iterator[_Line]:
    for code, comment in lines:
        yield f"{margin}{code}", comment


def _write_short(node: Node) -> str | None:
    """Return what fits on one line with one comment, None for anything else."""
    if isinstance(node, Scalar):
        return _spell(node)
    if isinstance(node, Table):
        return None if node.entries else "{}"
    scalars = [item for item in node.nodes if isinstance(item, Scalar)]
    places = {_tell(item) for item in scalars}
    if len(scalars) < len(node.nodes) or len(places) > 1:
        return None
    text = f"[{', '.join(_spell(item) for item in scalars)}]"
    return text if len(text) <= 80 else None


def _tell(node: Node) -> str:
    """Return where a value came from."""
    if isinstance(node, Listing) and node.nodes:
        return _tell(node.nodes[0])
    place: Place = node.place
    words = [f"{place.origin.name}:{place.line}" if place.line else place.origin.name, place.via]
    return ", ".join(word for word in words if word)


def _spell(node: Scalar) -> str:
    value = node.value
    if isinstance(value, str):
        return _spell_text(value)
    if value is None or isinstance(value, bool):
        return _NAMES[value]
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else f"{'-' if value < 0 else ''}.inf"
    return node.raw or str(value)


def _spell_text(text: str) -> str:
    """Return a text as it can stand anywhere in YAML, with quotes where it needs them."""
    if _PLAIN.fullmatch(text) and text.isprintable() and _is_text(text):
        return text
    return f'"{"".join(map(_escape, text))}"'


def _is_text(text: str) -> bool:
    try:
        return isinstance(resolve(text), str)
    except ValueError:
        return False


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\U{ord(character):08x}"

"""Puts variables of the environment into values: `${NAME}`, and `${NAME:-default}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from attrs import evolve, frozen

from copydesk.config.node import Node, Scalar, rebuild, shorten
from copydesk.config.reader import resolve
from copydesk.fault import Fault, Severity

_REFERENCE = re.compile(r"\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\})?")


def fill(
    node: Node, environment: Mapping[str, str], faults: list[Fault], unset: Severity = "error"
) -> Node:
    """Return a node with the variables of an environment in its values; keys stay as they are.

    A value without quotes is read again after that: what looks like a number is one, as if it had
    been written there. `$${` stands for `${`. A variable that is not set is a fault of severity
    `unset`.
    """
    filler = _Filler(environment, faults, unset)
    return rebuild(node, filler.fill)


@frozen
class _Filler:
    """Fills single values, and tells what cannot be filled."""

    environment: Mapping[str, str]
    faults: list[Fault]
    unset: Severity

    def fill(self, node: Node) -> Node:
        """Return a value with its variables; any other node as it is."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return node
        if "${" not in node.value or node.is_told:
            return node
        before = len(self.faults)
        pieces: list[str] = []
        sources: list[str] = []
        end = 0
        for found in _REFERENCE.finditer(node.value):
            pieces += [node.value[end : found.start()], self._look_up(found, node)]
            sources += [self._name(found)] if found[1] else []
            end = found.end()
        if len(self.faults) > before:
            return evolve(node, is_told=True)
        return _write("".join((*pieces, node.value[end:])), node, sources)

    def _name(self, found: re.Match[str]) -> str:
        """Return where the text for a reference is from, in words."""
        is_default = found[2] is not None and not self.environment.get(found[1])
        return f"{'default of' if is_default else 'environment'} ${{{found[1]}}}"

    def _look_up(self, found: re.Match[str], node: Scalar) -> str:
        """Return what a reference stands for; nothing where it has a fault."""
        if found[0] == "$${":
            return "${"
        name = found[1]
        place = node.inside(found.start())
        if name is None:
            rest = shorten(str(node.value)[found.start() :])
            message = f"'{rest}' does not begin with ${{NAME}} or ${{NAME:-default}}"
            self.faults.append(Fault(place, f"{message}; mend it, or write $${{ for a plain ${{"))
            return ""
        value = self.environment.get(name, "")
        if not value.isprintable() and _is_broken(value):
            message = f"the environment variable '{name}' is not UTF-8; set it anew"
            self.faults.append(Fault(place, message))
        elif found[2] is not None:
            value = value or found[3]
        elif name not in self.environment:
            message = f"the environment variable '{name}' is not set"
            advice = f"set it, or give a default: ${{{name}:-...}}"
            self.faults.append(Fault(place, f"{message}; {advice}", severity=self.unset))
        return value


def _write(text: str, node: Scalar, sources: list[str]) -> Scalar:
    """Return a value with a new text, read as YAML would read it where that has no quotes."""
    words = [node.place.via, *dict.fromkeys(sources)]
    place = evolve(node.place, via=", ".join(word for word in words if word))
    is_plain = node.raw[:1] not in {"'", '"', "|", ">"}
    value: str | float | bool | None = text
    with suppress(ValueError):  # thousands of digits are no number, but may be text
        value = resolve(text) if is_plain else text
    raw = node.raw if isinstance(value, str) else text
    return evolve(node, value=value, place=place, raw=raw)


def _is_broken(value: str) -> bool:
    """Return whether a variable holds bytes that are no text."""
    return any("\ud800" <= character <= "\udfff" for character in value)

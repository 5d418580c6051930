"""Reads the tests of a chain, and tells what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from copydesk.config import Config
from copydesk.config.expectations import ExpectationReader
from copydesk.config.format import CaseFormat
from copydesk.config.node import Node, Scalar, Table, describe
from copydesk.config.path import explain_no_file, is_file
from copydesk.config.structure import take
from copydesk.errors import ConfigError
from copydesk.expectations.case import Case, Expectation
from copydesk.expectations.path import FATE
from copydesk.fault import Fault, Place, arrange

_LONGEST = 40  # characters of a text that give a test its name


def cases_of(config: Config) -> tuple[Case, ...]:
    """Return the tests of a chain; raises `ConfigError` with every fault in them."""
    faults: list[Fault] = []
    cases = read_cases(config.tests, faults)
    if _has_error(faults):
        raise ConfigError(arrange([fault for fault in faults if fault.severity == "error"]))
    return cases


def read_cases(nodes: Sequence[Node], faults: list[Fault]) -> tuple[Case, ...]:
    """Return the tests that can be told; what is wrong with the others is added to `faults`."""
    reader = _CaseReader(faults)
    cases = [reader.read(node) for node in nodes]
    _check_names(nodes, faults)
    return tuple(case for case in cases if case is not None)


@frozen
class _CaseReader:
    """Reads tests one by one."""

    faults: list[Fault]

    def read(self, node: Node) -> Case | None:
        """Return a test; None where a fault leaves a hole in it."""
        if not isinstance(node, Table):
            self._blame(node.place, f"found {describe(node)}; {_ADVICE}")
            return None
        before = len(self.faults)
        keys = take(node, CaseFormat, self.faults, "key", "a test")
        self._check_document(node, keys)
        expectations = self._read_expectations(node.get("expect"))
        if not _has_error(self.faults[before:]):
            self._check_purpose(node, expectations, keys["snapshot"])
        if _has_error(self.faults[before:]):
            return None
        return Case(
            keys["name"] or _name(keys["item"], keys["text"]),
            node.place,
            keys["item"],
            keys["text"],
            keys["media_type"] or "text/plain",
            expectations,
            keys["snapshot"],
        )

    def _check_document(self, node: Table, keys: dict[str, Any]) -> None:
        item, text = node.entry("item"), node.entry("text")
        if item is None and text is None:
            self._blame(node.place, f"a test without a document; {_ADVICE}")
        elif item is not None and text is not None:
            self._blame(text.key.place, "a test has 'item' or 'text', not both; remove one")
        media_type = node.entry("media_type")
        if media_type is not None and text is None:
            advice = "the type of an item is told by its name and content; remove it"
            self._blame(media_type.key.place, f"'media_type' is for 'text'; {advice}")
        path = keys.get("item")
        # a warning: whoever runs a chain elsewhere need not have what it is tested on
        if item is not None and path is not None and not _is_there(path):
            self._blame(item.value.place, explain_no_file(path), severity="warning")

    def _read_expectations(self, node: Node | None) -> tuple[Expectation, ...]:
        if node is None:
            return ()
        if not isinstance(node, Table) or not node.entries:
            message = f"expect: found {describe(node)}; give fields: {{language.code: de}}"
            self._blame(node.place, message)
            return ()
        return ExpectationReader(self.faults).read(node)

    def _check_purpose(
        self, node: Table, expectations: Sequence[Expectation], snapshot: Path | None
    ) -> None:
        if node.get("expect") is None and node.get("snapshot") is None:
            self._blame(node.place, "a test that expects nothing; add 'expect' or 'snapshot'")
        fates = [each for each in expectations if each.path == ("outcome",)]
        if not fates or fates[0].wanted == "done":
            return
        outcome = fates[0].wanted
        for each in expectations:
            if each.path[0] not in FATE:
                message = f"a document that is {outcome} has no record, so no '{each.path[0]}'"
                self._blame(each.place, f"{message}; remove one of the two")
        if snapshot is not None:
            message = f"a document that is {outcome} has no record; remove 'snapshot'"
            self._blame(fates[0].place, message)

    def _blame(self, place: Place, message: str, **keys: Any) -> None:
        self.faults.append(Fault(place, message, **keys))


def _check_names(nodes: Sequence[Node], faults: list[Fault]) -> None:
    """Warn of a name that two tests have: a report would not say which of them failed."""
    named = [node.get("name") for node in nodes if isinstance(node, Table)]
    first: dict[object, Scalar] = {}
    for name in named:
        if isinstance(name, Scalar) and first.setdefault(name.value, name) is not name:
            line = first[name.value].place.line
            message = f"the test of line {line} is named '{name.value}' too; rename one"
            faults.append(Fault(name.place, message, severity="warning"))


_ADVICE = "give a mapping with 'item' or 'text', and 'expect'"


def _is_there(path: Path) -> bool:
    """Return whether a file is there; what follows a `#` may be the name of a member."""
    return is_file(path) or is_file(Path(str(path).partition("#")[0]))


def _has_error(faults: Sequence[Fault]) -> bool:
    return any(fault.severity == "error" for fault in faults)


def _name(item: Path | None, text: str | None) -> str:
    if item is not None:
        return item.name
    words = " ".join((text or "").split())
    return (words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…") or "empty text"

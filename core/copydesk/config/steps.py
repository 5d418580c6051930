"""Loads the steps of a chain from their nodes, those inside `first` too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from attrs import evolve, frozen

from copydesk.conditions.condition import ConditionError, compile_condition
from copydesk.config import First, StepUse
from copydesk.config.choice import Chooser, options_of, place_of
from copydesk.config.format import FirstFormat, MemberFormat, StepFormat
from copydesk.config.layer import lay_options
from copydesk.config.node import Node, Scalar, Table, shorten
from copydesk.config.order import check_labels, check_needs
from copydesk.config.scalar import FAILED
from copydesk.config.structure import take
from copydesk.registry import Offer

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""Codes of languages, as far as they are checked."""


def load_steps(nodes: tuple[Node, ...], chooser: Chooser) -> tuple[StepUse, ...]:
    """Return the steps that can be told; a fault has been told of the others."""
    loader = _StepLoader(chooser)
    steps = [step for node in nodes for step in loader.load(node)]
    found = tuple(step for step in steps if step is not None)
    check_labels(found, chooser.faults)
    # a step that is not known may give what those after it need
    known = tuple(takewhile(lambda step: step is not None, steps))
    check_needs(found[: len(known)], chooser.registry, chooser.faults)
    return found


@frozen
class _StepLoader:
    """Loads single steps."""

    chooser: Chooser

    def load(self, node: Node) -> Iterator[StepUse | None]:
        """Yield the step of a node, or those of a `first`; None for one that cannot be told."""
        table = self.chooser.open("step", node)
        if table is None:
            yield None
        elif table.get("first") is not None:
            yield from self._first(table)
        else:
            yield self._step(table, StepFormat)

    def _first(self, table: Table) -> Iterator[StepUse | None]:
        """Yield the steps that are tried one after another, with what the whole says of each."""
        keys = take(table, FirstFormat, self.chooser.faults, "key", "'first'")
        when, condition = self._check_condition(table.get("when"), keys.get("when"))
        first = First(keys.get("label", "first"), table.place)
        for node in keys.get("first", ()):
            member = self.chooser.open("step", node)
            if member is not None and member.get("first") is not None:
                message = "a 'first' inside a 'first'; list its steps in the one around it"
                self.chooser.blame(node.place, message)
                member = None
            step = self._step(member, MemberFormat) if member else None
            yield step and evolve(
                step,
                first=first,
                when=_join_conditions(when, step.when),
                conditions=condition + step.conditions,
                on_error=keys.get("on_error", "quarantine"),
                timeout_seconds=step.timeout_seconds or keys.get("timeout_seconds"),
            )

    def _step(self, table: Table, cls: type[MemberFormat]) -> StepUse | None:
        keys = take(table, cls, self.chooser.faults, "key", "step")
        when, condition = self._check_condition(table.get("when"), keys.get("when"))
        if "use" not in keys:
            return None
        place = place_of(table, "use")
        offer = self.chooser.find("step", keys["use"], place)
        if offer is None:
            return None
        options = options_of(table, place)
        return StepUse(
            keys["use"],
            offer,
            self.chooser.make_options(offer, options),
            keys.get("label") or keys["use"].rpartition(".")[2],
            when,
            keys.get("on_error", "quarantine"),
            keys.get("timeout_seconds"),
            self._by_language(table.get("options_by_language"), offer, options),
            conditions=condition,
            place=place,
        )

    def _by_language(self, node: Node | None, offer: Offer, options: Node) -> dict[str, Any]:
        """Return the options of each language, laid over those for all."""
        found = {}
        for entry in node.entries if isinstance(node, Table) else ():
            code = str(entry.key.value)
            if not LANGUAGE.fullmatch(code):
                message = f"'{shorten(code)}' is no code of a language"
                self.chooser.blame(entry.key.place, f"{message}; write it like de or zh-Hant")
            below = isinstance(entry.value, Table) and isinstance(options, Table)
            value = lay_options(entry.value, options) if below else entry.value
            found[code] = self.chooser.make_options(offer, value, f"options_by_language.{code}")
        return {code: made for code, made in found.items() if made is not FAILED}

    def _check_condition(
        self, node: Node | None, text: str | None
    ) -> tuple[str | None, tuple[Scalar, ...]]:
        """Return a condition after it has compiled, and where it stands."""
        if not isinstance(node, Scalar) or text is None:
            return text, ()
        try:
            compile_condition(text)
        except ConditionError as error:
            self.chooser.blame(node.inside(error.offset), f"when: {error}")
        return text, (node,)


def _join_conditions(outer: str | None, inner: str | None) -> str | None:
    """Return the condition that both hold."""
    if outer is None or inner is None:
        return outer or inner
    return f"{_enclose(outer)} && {_enclose(inner)}"


def _enclose(condition: str) -> str:
    # a comment at the end would swallow the bracket
    return f"({condition}\n)" if "//" in condition else f"({condition})"

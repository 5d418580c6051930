"""Checks that the steps of a chain can follow each other as they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from copydesk.conditions.condition import Condition
from copydesk.config import First, StepUse, group
from copydesk.fault import Fault
from copydesk.registry import Registry
from copydesk.spec import StepSpec

GIVEN = frozenset({"item", "raw", "sha256", "media_type", "extra"})
"""The fields of a document that the source fills, before any step."""

_FEW = 3  # steps that a message names


def check_labels(steps: Sequence[StepUse], faults: list[Fault]) -> None:
    """Add a fault for each step, or `first`, that is labelled as one before it."""
    seen: dict[str, StepUse | First] = {}
    for members in group(steps):
        named: list[StepUse | First] = [members[0].first] if members[0].first else []
        for step in (*named, *members):
            first = seen.setdefault(step.label, step)
            if first is not step:
                line = first.place.tell_line(step.place)
                message = f"the label '{step.label}' is taken by the step in {line}"
                faults.append(Fault(step.place, f"{message}; give this one a 'label' of its own"))


def check_needs(steps: Sequence[StepUse], registry: Registry, faults: list[Fault]) -> None:
    """Add a fault for each step that needs a field which no step before it gives."""
    checker = _Checker(steps, registry, faults)
    for members in group(steps):
        for step in members:
            checker.check(step)
        checker.pass_by(members)


@define
class _Checker:
    """Goes down a chain, and knows what is given so far."""

    steps: Sequence[StepUse]
    registry: Registry
    faults: list[Fault]
    given: set[str] = field(factory=lambda: set(GIVEN))

    def check(self, step: StepUse) -> None:
        """Add the faults of one step."""
        for need in _spec(step.offer).needs:
            if need not in self.given:
                message = f"'{step.label}' needs '{need}', which no step before it gives"
                self._blame(step, f"{message}; {self._advise(need, step)}")
                self.given.add(need)  # one gap is told once
        if step.by_language and "language" not in self.given:
            message = f"'{step.label}' has options by language, which no step before it gives"
            self._blame(step, f"{message}; {self._advise('language', step)}")
            self.given.add("language")
        self._check_when(step)

    def pass_by(self, members: Sequence[StepUse]) -> None:
        """Note what steps give of which one is done: only what all of them give is sure."""
        self.given |= set.intersection(
            *({*_spec(step.offer).needs, *_spec(step.offer).gives} for step in members)
        )

    def _advise(self, need: str, step: StepUse) -> str:
        """Return who could give what is missing: a later step, or one that is not used yet."""
        place = next(i for i, other in enumerate(self.steps) if other is step)
        for later in self.steps[place + 1 :]:
            if _makes(later.offer, need):
                line = later.place.tell_line(step.place)
                return f"move '{later.label}' of {line} above it"
        able = [offer for offer in self.registry.offers("step") if _makes(offer, need)]
        ready = [offer for offer in able if self.given.issuperset(_spec(offer).needs)]
        names = [offer.spec.name for offer in (ready or able)[:_FEW]]
        if not names:
            return f"no installed step gives '{need}', so install one or remove this one"
        return f"put {' or '.join(names)} above it"

    def _check_when(self, step: StepUse) -> None:
        """Add a warning where a condition asks for what no step can have found yet."""
        for node in step.conditions:
            condition = Condition(str(node.value))
            for variable in condition.variables:
                if variable.field not in self.given:
                    message = f"when: '{variable.name}' is empty here, as no step before gives it"
                    advice = f"move this step below one that gives '{variable.field}'"
                    place = node.inside(condition.find(variable))
                    self.faults.append(Fault(place, f"{message}; {advice}", severity="warning"))

    def _blame(self, step: StepUse, message: str) -> None:
        self.faults.append(Fault(step.place, message))


def _makes(offer: Any, need: str) -> bool:
    """Return whether a step gives a field that it does not need itself."""
    return need in _spec(offer).gives and need not in _spec(offer).needs


def _spec(offer: Any) -> StepSpec[Any]:
    spec: StepSpec[Any] = offer.spec
    return spec

"""Checks that the steps of a chain can follow each other as they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from copydesk.conditions import Condition
from copydesk.config import StepUse
from copydesk.fault import Fault
from copydesk.registry import Registry
from copydesk.spec import StepSpec

GIVEN = frozenset({"item", "raw", "sha256", "media_type", "extra"})
"""The fields of a document that the source fills, before any step."""

_FEW = 3  # steps that a message names


def check_labels(steps: Sequence[StepUse], faults: list[Fault]) -> None:
    """Add a fault for each step that is labelled as one before it."""
    seen: dict[str, StepUse] = {}
    for step in steps:
        first = seen.setdefault(step.label, step)
        if first is not step:
            line = first.place.tell_line(step.place)
            message = f"the label '{step.label}' is taken by the step in {line}"
            faults.append(Fault(step.place, f"{message}; give this one a 'label' of its own"))


def check_needs(steps: Sequence[StepUse], registry: Registry, faults: list[Fault]) -> None:
    """Add a fault for each step that needs a field which no step before it gives."""
    given = set(GIVEN)
    for place, step in enumerate(steps):
        spec = step.offer.spec
        if not isinstance(spec, StepSpec):
            continue
        for need in spec.needs:
            if need not in given:
                advice = _advise(need, given, steps[place:], registry)
                message = f"'{step.label}' needs '{need}', which no step before it gives; {advice}"
                faults.append(Fault(step.place, message))
        _check_when(step, given, faults)
        given.update(spec.needs, spec.gives)


def _advise(need: str, given: set[str], steps: Sequence[StepUse], registry: Registry) -> str:
    """Return who could give what is missing: a step further down, or one that is not used yet.

    The first of `steps` is the one that misses it.
    """
    for step in steps[1:]:
        if need in _spec(step.offer).gives and need not in _spec(step.offer).needs:
            line = step.place.tell_line(steps[0].place)
            return f"move '{step.label}' of {line} above it"
    able = [
        offer.spec.name
        for offer in registry.offers("step")
        if need in _spec(offer).gives and need not in _spec(offer).needs
    ]
    ready = [name for name in able if given.issuperset(_spec(registry.offer("step", name)).needs)]
    names = (ready or able)[:_FEW]
    if not names:
        return f"no installed step gives '{need}', so install one or remove this one"
    return f"put {' or '.join(names)} above it"


def _check_when(step: StepUse, given: set[str], faults: list[Fault]) -> None:
    """Add a warning where a condition asks for what no step can have found yet."""
    if step.when is None:
        return
    for variable in Condition(step.when).variables:
        if variable.field not in given:
            message = f"when: '{variable.name}' is empty here, as no step before gives it"
            advice = f"move this step below one that gives '{variable.field}'"
            faults.append(Fault(step.place, f"{message}; {advice}", severity="warning"))


def _spec(offer: Any) -> StepSpec[Any]:
    spec: StepSpec[Any] = offer.spec
    return spec

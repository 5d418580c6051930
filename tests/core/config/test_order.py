"""Tests of the order of steps."""

from __future__ import annotations

import pytest
from tests.core.config.samples import ORIGIN, make_registry, no_build

from copydesk.config import StepUse
from copydesk.config.node import Scalar
from copydesk.config.order import check_labels, check_needs
from copydesk.fault import Fault, Place
from copydesk.spec import NoOptions, StepSpec

REGISTRY = make_registry(
    StepSpec("translate", NoOptions, no_build, needs=("text", "language"), gives=("metadata",)),
    StepSpec("publish", NoOptions, no_build, needs=("segments",)),
    StepSpec("language.letters", NoOptions, no_build, gives=("language",)),
)


def use(name: str, line: int, when: str | None = None) -> StepUse:
    """Return a step of the chain, as if it stood in a line."""
    offer = REGISTRY.offer("step", name)
    label = name.rpartition(".")[2]
    conditions = () if when is None else (Scalar(when, Place(ORIGIN, line, 20), when),)
    place = Place(ORIGIN, line, 5)
    return StepUse(name, offer, NoOptions(), label, when, conditions=conditions, place=place)


def check(*names: str) -> list[str]:
    """Return the faults of a chain of steps, each on a line of its own."""
    faults: list[Fault] = []
    check_needs([use(name, line) for line, name in enumerate(names, 1)], REGISTRY, faults)
    return [str(fault).removeprefix("chain.yaml:") for fault in faults]


def test_good_order() -> None:
    """A chain whose every step finds what it needs has no faults."""
    assert [] == check("encoding.chardet", "language.identify", "translate")


def test_a_step_further_down() -> None:
    """A step that comes too late is named with its line."""
    message = "move 'chardet' of line 2 above it"

    assert [f"1:5: 'names' needs 'text', which no step before it gives; {message}"] == check(
        "entities.names", "encoding.chardet"
    )


def test_steps_that_are_not_used() -> None:
    """Installed steps that could give what is missing are named."""
    message = "put language.identify or language.letters above it"

    assert [
        f"2:5: 'translate' needs 'language', which no step before it gives; {message}"
    ] == check("encoding.chardet", "translate")


def test_nobody_gives_it() -> None:
    """A field that no installed step gives is said to be so."""
    assert [
        (
            "1:5: 'publish' needs 'segments', which no step before it gives; "
            "no installed step gives 'segments', so install one or remove this one"
        )
    ] == check("publish")


def test_one_fault_for_one_gap() -> None:
    """What is missing is told once, at the first step that needs it."""
    assert 1 == len(check("language.identify", "entities.names", "boilerplate.lines"))


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            "document.language.code == 'de'",
            (
                "when: 'document.language.code' is empty here, as no step before gives it; "
                "move this step below one that gives 'language'"
            ),
        ),
        (
            "document . languages == []",
            (
                "when: 'document.languages' is empty here, as no step before gives it; "
                "move this step below one that gives 'languages'"
            ),
        ),
    ],
)
def test_conditions_on_what_is_not_there(condition: str, message: str) -> None:
    """A condition that asks for what no step has given yet is a warning at the name."""
    faults: list[Fault] = []
    steps = [use("encoding.chardet", 1), use("entities.names", 2, f"true || {condition}")]
    check_needs(steps, REGISTRY, faults)

    assert [f"chain.yaml:2:28: warning: {message}"] == [str(fault) for fault in faults]


def test_conditions_on_what_is_there() -> None:
    """A condition that asks for what a step before gives is fine."""
    faults: list[Fault] = []
    steps = [use("encoding.chardet", 1), use("language.identify", 2, "document.text != ''")]
    check_needs(steps, REGISTRY, faults)

    assert [] == faults


def test_labels() -> None:
    """Each step that is labelled as one before it is told, with the line of the first."""
    faults: list[Fault] = []
    check_labels([use("boilerplate.lines", line) for line in (1, 2, 3)], faults)

    assert [
        "the label 'lines' is taken by the step in line 1; give this one a 'label' of its own"
    ] * 2 == [fault.message for fault in faults]
    assert [2, 3] == [fault.place.line for fault in faults]

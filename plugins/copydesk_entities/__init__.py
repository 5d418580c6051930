"""Bundled entity steps: amounts and dates with their values, and names from a gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Step, StepSpec, hookimpl
from copydesk_entities.options import AmountsOptions, NamesOptions
from copydesk_entities.stopped import Stopped

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer the entity steps."""
    return [
        StepSpec(
            "entities.amounts",
            AmountsOptions,
            _build_amounts,
            gives=("entities", "extra"),
            kind="entities",
            version="2",
            labels=("MONEY", "PERCENT", "NUMBER", "DATE"),
            extra={"entities": Stopped},
        ),
        StepSpec(
            "entities.names",
            NamesOptions,
            _build_names,
            gives=("entities", "extra"),
            kind="entities",
            version="1",
            extra={"entities": Stopped},
        ),
    ]


def _build_amounts(options: AmountsOptions) -> Step:
    """Finds money, percentages, numbers and dates in 75 languages, with their values."""
    from copydesk_entities.amounts import Amounts

    return Amounts(options)


def _build_names(options: NamesOptions) -> Step:
    """Finds known places, organisations and people in every script, each with one link."""
    from copydesk_entities.names import Names

    return Names(options)

"""Bundled entity steps: amounts and dates with their values, and names from a gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import StepSpec, hookimpl
from copydesk_entities import amounts, names

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer the entity steps."""
    return [
        StepSpec(
            "entities.amounts",
            amounts.Options,
            amounts.Amounts,
            gives=("entities",),
            kind="entities",
            version="1",
        ),
        StepSpec(
            "entities.names",
            names.Options,
            names.Names,
            gives=("entities",),
            kind="entities",
            version="1",
        ),
    ]

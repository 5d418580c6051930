"""Tells which language each stretch of a text is written in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Step, StepSpec, hookimpl
from copydesk_language.options import Options

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer `language.identify`."""
    return [
        StepSpec(
            "language.identify",
            Options,
            build,
            needs=("text",),
            gives=("language", "languages"),
            kind="language",
            version="2",
        )
    ]


def build(options: Options) -> Step:
    """Tell the language of the text, and of each stretch of it."""
    from copydesk_language.identify import Identify

    return Identify(options)

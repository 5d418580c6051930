"""Takes away what surrounds an article: on web pages, and at the edges of plain text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import StepSpec, hookimpl
from copydesk_boilerplate.extraction import Extraction
from copydesk_boilerplate.extraction import Options as ExtractionOptions
from copydesk_boilerplate.lines import Lines
from copydesk_boilerplate.lines import Options as LinesOptions
from copydesk_boilerplate.plain import Options as PlainOptions
from copydesk_boilerplate.plain import Plain

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer two steps for HTML and one for plain text."""
    return [
        StepSpec(
            "boilerplate.trafilatura",
            ExtractionOptions,
            Extraction,
            needs=("text",),
            gives=("text", "metadata"),
            kind="boilerplate",
            version="1",
        ),
        StepSpec(
            "boilerplate.plain",
            PlainOptions,
            Plain,
            needs=("text",),
            gives=("text", "metadata"),
            kind="boilerplate",
            version="1",
        ),
        StepSpec(
            "boilerplate.lines",
            LinesOptions,
            Lines,
            needs=("text",),
            gives=("text", "removed"),
            kind="boilerplate",
            version="1",
        ),
    ]

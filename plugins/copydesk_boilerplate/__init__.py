"""Takes away what surrounds an article: on web pages, and at the edges of plain text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Step, StepSpec, hookimpl
from copydesk_boilerplate.options import ExtractionOptions, LinesOptions, PlainOptions

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer two steps for HTML and one for plain text."""
    return [
        StepSpec(
            "boilerplate.trafilatura",
            ExtractionOptions,
            build_extraction,
            needs=("text",),
            gives=("text", "metadata"),
            kind="boilerplate",
            version="1",
        ),
        StepSpec(
            "boilerplate.plain",
            PlainOptions,
            build_plain,
            needs=("text",),
            gives=("text", "metadata"),
            kind="boilerplate",
            version="1",
        ),
        StepSpec(
            "boilerplate.lines",
            LinesOptions,
            build_lines,
            needs=("text",),
            gives=("text", "removed"),
            kind="boilerplate",
            version="1",
        ),
    ]


def build_extraction(options: ExtractionOptions) -> Step:
    """Take the main content of a web page, and the facts about it, with trafilatura."""
    from copydesk_boilerplate.extraction import Extraction

    return Extraction(options)


def build_plain(options: PlainOptions) -> Step:
    """Take all the visible text of a web page: what is left where no main content is found."""
    from copydesk_boilerplate.plain import Plain

    return Plain(options)


def build_lines(options: LinesOptions) -> Step:
    """Take boilerplate lines and sentences out of plain text, most of them at its edges."""
    from copydesk_boilerplate.lines import Lines

    return Lines(options)

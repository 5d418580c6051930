"""Decodes bytes into text, and says how sure it is of the encoding."""

from collections.abc import Iterable
from typing import Any

from copydesk.api import StepSpec, hookimpl
from copydesk_encoding.cascade import Cascade, Options

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer the step that decodes."""
    return [
        StepSpec(
            "encoding.chardet",
            Options,
            Cascade,
            needs=("raw",),
            gives=("text", "encoding"),
            kind="encoding",
            version="1",
        )
    ]

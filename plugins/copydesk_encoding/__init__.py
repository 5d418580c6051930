"""Decodes bytes into text, and says how sure it is of the encoding."""

from collections.abc import Iterable
from typing import Any

from copydesk.api import StepSpec, hookimpl
from copydesk_encoding.cascade import Cascade, ChardetOptions, Options
from copydesk_encoding.engine import ChardetEngine, NormalizerEngine
from copydesk_encoding.repair import Options as RepairOptions
from copydesk_encoding.repair import Repair

copydesk_api = ">=1,<2"


def build_chardet(options: ChardetOptions) -> Cascade:
    """Return the step `encoding.chardet`."""
    return Cascade(options, ChardetEngine(options.eras))


def build_normalizer(options: Options) -> Cascade:
    """Return the step `encoding.charset_normalizer`; raises `CopydeskError` without its package."""
    return Cascade(options, NormalizerEngine())


@hookimpl
def copydesk_steps() -> Iterable[StepSpec[Any]]:
    """Offer the steps that decode, and one that mends what others decoded wrongly."""
    return [
        StepSpec(
            "encoding.chardet",
            ChardetOptions,
            build_chardet,
            needs=("raw",),
            gives=("text", "encoding"),
            kind="encoding",
            version="1",
        ),
        StepSpec(
            "encoding.charset_normalizer",
            Options,
            build_normalizer,
            needs=("raw",),
            gives=("text", "encoding"),
            kind="encoding",
            version="1",
        ),
        StepSpec(
            "encoding.repair",
            RepairOptions,
            Repair,
            needs=("text",),
            gives=("text",),
            kind="encoding",
            version="1",
        ),
    ]

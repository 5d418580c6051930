"""Decodes bytes into text, and says how sure it is of the encoding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Step, StepSpec, hookimpl
from copydesk_encoding.options import ChardetOptions, Options, RepairOptions

copydesk_api = ">=1,<2"


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
            version="2",
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
            build_repair,
            needs=("text",),
            gives=("text",),
            kind="encoding",
            version="1",
        ),
    ]


def build_chardet(options: ChardetOptions) -> Step:
    """Decode bytes: by their signs, else as chardet finds the text likeliest."""
    from copydesk_encoding.cascade import Cascade
    from copydesk_encoding.engine import ChardetEngine

    return Cascade(options, ChardetEngine(options.eras))


def build_normalizer(options: Options) -> Step:
    """Decode bytes: by their signs, else as charset-normalizer finds the text likeliest.

    Raises `CopydeskError` without its package.
    """
    from copydesk_encoding.cascade import Cascade
    from copydesk_encoding.engine import NormalizerEngine

    return Cascade(options, NormalizerEngine())


def build_repair(options: RepairOptions) -> Step:
    """Mend text that was decoded wrongly before it was saved."""
    from copydesk_encoding.repair import Repair

    return Repair(options)

"""What a record says about its document: without times, and without what only names the chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Content = dict[str, Any]
"""A record in plain values, without times and fingerprints."""


def content_of(record: Mapping[str, Any]) -> Content:
    """Return the content of a record in plain values.

    Its steps are left as what became of each, by label: plugins, versions and options tell how a
    record was made, not what is in it.
    """
    content = {name: value for name, value in record.items() if name != "fingerprint"}
    content["source"] = {name: of for name, of in record["source"].items() if name != "modified"}
    content["steps"] = {step["label"]: _fate(step) for step in record["steps"]}
    return content


def flatten(content: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a content by dotted path; lists stay whole, what is null is left out."""
    for name, value in content.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{before}{name}.")
        elif value is not None:
            yield f"{before}{name}", value


def _fate(step: Mapping[str, Any]) -> str:
    return f"{step['outcome']}: {step['note']}" if step["note"] else str(step["outcome"])

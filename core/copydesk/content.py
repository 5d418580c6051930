"""What a record says about its document: without times, and without what only names the chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

Content = dict[str, Any]
"""A record in plain values, without times and fingerprints."""


def content_of(record: bytes) -> Content:
    """Return the content of a record that is given as JSON.

    Its steps are left as what became of each, by label: plugins, versions and options tell how a
    record was made, not what is in it.
    """
    content: Content = msgspec.json.decode(record)
    content.pop("fingerprint", None)
    content["source"].pop("modified", None)
    content["steps"] = {step["label"]: _fate(step) for step in content["steps"]}
    return content


def flatten(content: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a content by dotted path; lists stay whole, what is null is left out."""
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{before}{name}.")
        elif value is not None:
            yield f"{before}{name}", value


def _fate(step: Mapping[str, Any]) -> str:
    return f"{step['outcome']}: {step['note']}" if step["note"] else str(step["outcome"])

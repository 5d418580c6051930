"""Hashes that tell whether a record is still what its chain would make."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from copydesk.config import StepUse, group
from copydesk.document import Document
from copydesk.item import Item
from copydesk.metadata import UNTOLD


def describe_options(options: Any) -> bytes:
    """Return options as JSON with sorted keys; a file counts by its content, not by its place."""
    return msgspec.json.encode(options, enc_hook=_plain, order="deterministic")


def hash_options(options: Any) -> str:
    """Return the SHA-256 of `describe_options`, in hex."""
    return sha256(describe_options(options)).hexdigest()


def identify_item(document: Document) -> str:
    """Return a hash of what a step may know of a document's item beside its content."""
    item = document.item
    facts = (item.key, document.media_type, item.media_type, item.charset, item.modified)
    return sha256(msgspec.json.encode((facts, item.metadata))).hexdigest()[:16]


def hash_told(item: Item) -> str:
    """Return a hash of what its collection tells of an item, empty where that is nothing.

    A document begins with it: when it changes, so may the record, though the content is the same.
    """
    if item.charset is None and (item.metadata is UNTOLD or item.metadata == UNTOLD):
        return ""
    facts = (item.media_type, item.charset, item.metadata)
    return sha256(msgspec.json.encode(facts)).hexdigest()[:32]


def fingerprint_steps(steps: Sequence[StepUse]) -> tuple[str, ...]:
    """Return one fingerprint a step, each covering the step and all before it: 32 hex digits."""
    found: list[str] = []
    for members in group(steps):
        for place, step in enumerate(members):
            before = found[-1] if found else ""
            parts = [before, step.label, step.use, step.offer.plugin, step.offer.version]
            parts += [step.when or "", step.on_error]
            content = "\0".join(parts).encode() + b"\0" + describe_options(step.options)
            for code, options in sorted(step.by_language.items()):
                content += f"\0{code}\0".encode() + describe_options(options)
            if step.first is not None:
                content += b"\0else" if place else b"\0first"
            found.append(sha256(content).hexdigest()[:32])
    return tuple(found)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        if value.is_file():
            return f"sha256:{sha256(value.read_bytes()).hexdigest()}"
        return value.as_posix()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"an option of type {type(value).__name__} cannot be written as JSON")

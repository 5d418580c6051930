"""Hashes that tell whether a record is still what its chain would make."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from copydesk.config import StepUse


def describe_options(options: Any) -> bytes:
    """Return options as JSON with sorted keys; a file counts by its content, not by its place."""
    return msgspec.json.encode(options, enc_hook=_plain, order="deterministic")


def hash_options(options: Any) -> str:
    """Return the SHA-256 of `describe_options`, in hex."""
    return sha256(describe_options(options)).hexdigest()


def fingerprint_steps(steps: Sequence[StepUse]) -> tuple[str, ...]:
    """Return one fingerprint a step, each covering the step and all before it: 32 hex digits."""
    found: list[str] = []
    for step in steps:
        before = found[-1] if found else ""
        parts = [before, step.use, step.offer.plugin, step.offer.version, step.when or ""]
        content = "\0".join(parts).encode() + b"\0" + describe_options(step.options)
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

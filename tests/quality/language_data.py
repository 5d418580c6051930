"""The cases of the language scores, and the halves that they are tuned and reported on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

Half = Literal["tune", "report", "all"]
"""Weights and thresholds were chosen on `tune`; `report` is the half to believe."""

_NEWS25 = "en zh fr de ar es pt it ru ja ko hi fa tr id vi nl pl sv uk he el cs ro th"
NEWS25 = frozenset(_NEWS25.split())


def read(folder: Path, name: str, half: Half) -> Iterator[dict[str, Any]]:
    """Yield the cases of a file that belong to a half, told by a stable hash of the text."""
    for line in (folder / name).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if "text" not in case:
            case["text"] = "\n".join(paragraph["text"] for paragraph in case["paragraphs"])
        if half in ("all", half_of(case["text"])):
            yield case


def half_of(text: str) -> Half:
    """Return the half that a text belongs to."""
    return "report" if sha256(text.encode()).digest()[0] & 1 else "tune"


def read_sets(folder: Path) -> dict[str, frozenset[str]]:
    """Return the sets of languages that are averaged over."""
    broad = (folder / "broad81.txt").read_text(encoding="utf-8").split()
    return {"news25": NEWS25, "broad81": frozenset(broad)}

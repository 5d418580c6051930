"""Tells errors of one kind that differ only in their numbers and the things they name."""

from __future__ import annotations

import re

_PARTICULAR = re.compile(r"'[^'\n]{0,500}'|\"[^\"\n]{0,500}\"|(?<![\w-])\d[\d.,:]*")
_LONGEST = 300


def generalize(reason: str) -> str:
    """Return a reason with `…` in place of what it quotes and `N` in place of its numbers."""
    return _PARTICULAR.sub(_blank, reason[:_LONGEST])


def _blank(found: re.Match[str]) -> str:
    text = found.group()
    return "N" if text[0].isdigit() else f"{text[0]}…{text[0]}"

"""A stretch of two texts of which one became the other."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Kind = Literal["kept", "removed", "added"]


@frozen(slots=False)
class Piece:
    """A stretch that stayed, went or came."""

    kind: Kind
    text: str
    """Its characters, or the first of them."""
    reason: str = ""
    """Why it went, in the words of the step."""
    omitted: int = 0
    """Characters that are left out after `text`."""
    tail: str = ""
    """The last characters, where some are left out before them."""


@frozen
class Placed:
    """A piece, and where it stood."""

    piece: Piece
    start: int
    """Offset into the old text; of what came, where it was put."""

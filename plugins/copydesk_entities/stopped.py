"""What the record says of a text that was too full of entities."""

from __future__ import annotations

from attrs import frozen


@frozen
class Stopped:
    """Where in the text a step stopped looking for entities, because it had found enough."""

    amounts_stopped_at: int | None = None
    """Offset of the first amount that was left out, in code points."""
    names_stopped_at: int | None = None
    """Offset of the first name that was left out, in code points."""

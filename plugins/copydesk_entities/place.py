"""A place in a text, and what is known of the text there."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen


@frozen
class Place:
    """A number in a text, and all that its reading depends on."""

    text: str = field(repr=False)
    folded: str = field(repr=False)
    """The text in lower case, letter for letter."""
    start: int
    """The first digit."""
    last: int = 0
    """The end of the amount before: nothing reaches back over it."""
    currency: str = ""
    """Of that amount, for the second number of `$10-15`."""
    tongues: Sequence[str] = ()
    """Language codes, the likeliest first; empty when nothing is known."""
    region: str = ""
    """ISO 3166-1 code of the variety of the language, such as `AU`."""

"""The options of the three steps."""

from __future__ import annotations

import re

from attrs import Attribute, field, frozen
from attrs.validators import ge


def _compiles(
    _: object, attribute: Attribute[dict[str, tuple[str, ...]]], value: dict[str, tuple[str, ...]]
) -> None:
    for reason, expressions in value.items():
        for expression in expressions:
            try:
                re.compile(expression)
            except re.error as error:
                raise ValueError(f"{attribute.name}.{reason}: '{expression}': {error}") from error


@frozen
class ExtractionOptions:
    """How the main content of a page is found."""

    include_tables: bool = True
    """Keep the text of tables inside the article."""
    include_comments: bool = False
    """Keep what readers wrote below the article."""
    compare: bool = True
    """Weigh what readability and jusText find where trafilatura's own answer is doubtful. Without
    it a page takes three quarters of the time, and 0.3 to 2.6 points of F1 are lost."""
    min_characters: int = field(default=1, validator=ge(1))
    """Characters of main content below which a page goes to quarantine."""
    max_tags: int = field(default=200_000, validator=ge(1))
    """Tags above which a page goes to quarantine: the time to extract grows faster than they do."""


@frozen
class PlainOptions:
    """What of a page is taken."""

    leave_out: tuple[str, ...] = ("nav", "footer", "aside", "button", "select", "dialog")
    """Elements whose text is not taken, by their names; it costs no time. Beware of `form`: on some
    sites it holds the whole page."""
    max_tags: int = field(default=200_000, validator=ge(1))
    """Tags above which a page goes to quarantine."""


@frozen
class LinesOptions:
    """Which lines and sentences are taken out."""

    edge_lines: int = field(default=20, validator=ge(0))
    """Lines that stay, counted from each end of the text, beyond which it is no longer its edge."""
    patterns: dict[str, tuple[str, ...]] = field(factory=dict, validator=_compiles)
    """Regular expressions of your own for a whole line or sentence, by the reason to give."""

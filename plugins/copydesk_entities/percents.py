"""Reads the sign or the word of per cent beside a number."""

from __future__ import annotations

from copydesk_entities import boundary
from copydesk_entities.numerals import SPACES
from copydesk_entities.place import Place
from copydesk_entities.quantities import skip_joint
from copydesk_entities.tables import Tables
from copydesk_entities.tongues import choose

_SIGN = "%"
_SIGN_FIRST = (("tr",), ("eu",))
"""Languages that write `%25`; elsewhere it is an escaped character of an address."""


class Percents:
    """Says whether a number is a percentage."""

    def __init__(self, tables: Tables) -> None:
        """Take the words that stand before and after the number."""
        self._before = tables.percents_before
        self._after = tables.percents

    def before(self, place: Place) -> int | None:
        """Return where a word such as the Turkish `yüzde` begins, or nothing."""
        text, start = place.text, place.start
        gap = start - 1 if start and text[start - 1] in SPACES else start
        found = self._before.ending(place.folded, gap)
        if not found or found.start < place.last or not choose(found, text, place.tongues):
            return None
        is_inside = found.start > 0 and not text[found.start - 1].isspace()
        if text[found.start] == _SIGN and (is_inside or place.tongues[:1] not in _SIGN_FIRST):
            return None
        return found.start

    def after(self, place: Place, end: int) -> int | None:
        """Return where the sign or word after a number that ends at `end` ends, or nothing."""
        found = self._after.beginning(place.folded, skip_joint(place.text, end))
        if not found or not boundary.ends_word(place.text, found.end):
            return None
        return found.end if choose(found, place.text, place.tongues) else None

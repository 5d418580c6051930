"""Reads the currency before or after an amount."""

from __future__ import annotations

from copydesk_entities import boundary
from copydesk_entities.letters import is_unspaced
from copydesk_entities.numerals import SPACES
from copydesk_entities.phrases import Found
from copydesk_entities.place import Place
from copydesk_entities.quantities import DASHES, skip_joint
from copydesk_entities.tables import Tables
from copydesk_entities.tongues import choose

_DOLLAR = "USD"
_DOLLAR_SIGN = "$"


class Money:
    """Finds the currency of an amount."""

    def __init__(self, tables: Tables) -> None:
        """Take the names and signs of currencies."""
        self._currencies = tables.currencies
        self._symbols = tables.symbols
        self._links = tables.amount_links
        self._dollars = tables.dollars

    def around(self, place: Place, end: int) -> tuple[int, int, str]:
        """Return where money whose number ends at `end` begins and ends, and its currency.

        The sign before the number wins, but that a word after it says which dollar is meant.
        The currency is empty when there is none.
        """
        start, before = self._before(place)
        last, after = self.after(place, end)
        is_bare_dollar = place.text[start : place.start].strip() == _DOLLAR_SIGN
        if not before or before == after or (after and is_bare_dollar):
            return start, last, after
        return start, end, before

    def after(self, place: Place, end: int) -> tuple[int, str]:
        """Return where the currency after an amount ends, and which it is; `end` and `""`."""
        at = skip_joint(place.text, end)
        link = self._links.beginning(place.folded, at)
        if link:
            linked = self._named(place, skip_joint(place.text, link.end))
            if linked:
                return linked
        best = self._named(place, at) or (end, "")
        found = self._symbols.beginning(place.folded, at)
        if found and found.end > best[0]:
            currency = self._of_symbol(place, found)
            if currency:
                return found.end, currency
        return best

    def _before(self, place: Place) -> tuple[int, str]:
        """Return where the sign before an amount begins, and its currency, or `""`."""
        text, start = place.text, place.start
        if start and text[start - 1] in DASHES and start - 1 == place.last:
            return start, place.currency
        at = start - 1 if start and text[start - 1] in SPACES else start
        found = self._symbols.ending(place.folded, at)
        if not found or found.start < place.last:
            return start, ""
        currency = self._of_symbol(place, found)
        return (found.start, currency) if currency else (start, "")

    def _named(self, place: Place, at: int) -> tuple[int, str] | None:
        found = self._currencies.beginning(place.folded, at)
        meaning = found and choose(found, place.text, place.tongues)
        if not found or not meaning or not boundary.ends_word(place.text, found.end):
            return None
        surface = place.text[found.start : found.end]
        if meaning.value == _DOLLAR and not _says_which(surface):
            return found.end, self._dollars.get(place.region, _DOLLAR)
        return found.end, meaning.value

    def _of_symbol(self, place: Place, found: Found) -> str:
        surface = place.text[found.start : found.end]
        exact = [meaning for meaning in found.meanings if meaning.spelling == surface]
        if not exact:
            return ""
        if surface == _DOLLAR_SIGN:
            return self._dollars.get(place.region, _DOLLAR)
        meaning = choose(Found(found.start, found.end, exact), place.text, place.tongues)
        if meaning is None and (_DOLLAR_SIGN in surface or not any(map(str.isalpha, surface))):
            meaning = max(exact, key=lambda one: len(one.languages))
        return meaning.value if meaning else ""


def _says_which(surface: str) -> bool:
    """Say whether the name is longer than the mere word for dollar: `US-Dollar`, `美元`."""
    return is_unspaced(surface[0]) or any(mark in surface for mark in " -")

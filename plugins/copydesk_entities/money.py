"""Reads the currency before or after an amount."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_entities.letters import is_unspaced
from copydesk_entities.numerals import SPACES
from copydesk_entities.phrases import Found
from copydesk_entities.quantities import skip_joint
from copydesk_entities.tables import Tables
from copydesk_entities.tongues import choose

_DOLLAR = "USD"
_SIGNS = "$"


class Money:
    """Finds the currency of an amount."""

    def __init__(self, tables: Tables) -> None:
        """Take the names and signs of currencies."""
        self._currencies = tables.currencies
        self._symbols = tables.symbols
        self._links = tables.amount_links
        self._dollars = tables.dollars

    def before(
        self, text: str, folded: str, start: int, tongues: Sequence[str], region: str
    ) -> tuple[int, str]:
        """Return where the sign before an amount begins, and its currency; `start` and `""`."""
        place = start - 1 if start and text[start - 1] in SPACES else start
        found = self._symbols.ending(folded, place)
        currency = self._of_symbol(found, text, tongues, region) if found else ""
        return (found.start, currency) if found and currency else (start, "")

    def after(
        self, text: str, folded: str, end: int, tongues: Sequence[str], region: str
    ) -> tuple[int, str]:
        """Return where the currency after an amount ends, and which it is; `end` and `""`."""
        place = skip_joint(text, end)
        link = self._links.beginning(folded, place)
        if link:
            linked = self._named(text, folded, skip_joint(text, link.end), tongues, region)
            if linked:
                return linked
        best = self._named(text, folded, place, tongues, region) or (end, "")
        found = self._symbols.beginning(folded, place)
        if found and found.end > best[0]:
            currency = self._of_symbol(found, text, tongues, region)
            if currency:
                return found.end, currency
        return best

    def _named(
        self, text: str, folded: str, place: int, tongues: Sequence[str], region: str
    ) -> tuple[int, str] | None:
        found = self._currencies.beginning(folded, place)
        meaning = found and choose(found, text, tongues)
        if not found or not meaning:
            return None
        is_plain_dollar = meaning.value == _DOLLAR and not _says_which(text, found)
        value = self._dollars.get(region, _DOLLAR) if is_plain_dollar else meaning.value
        return found.end, value

    def _of_symbol(self, found: Found, text: str, tongues: Sequence[str], region: str) -> str:
        surface = text[found.start : found.end]
        exact = [meaning for meaning in found.meanings if meaning.spelling == surface]
        if not exact:
            return ""
        if surface == _SIGNS:
            return self._dollars.get(region, _DOLLAR)
        meaning = choose(Found(found.start, found.end, exact), text, tongues)
        if meaning is None and not surface.isalpha():
            meaning = max(exact, key=lambda one: len(one.languages))
        return meaning.value if meaning else ""


def _says_which(text: str, found: Found) -> bool:
    """Say whether the name is longer than the mere word for dollar: `US-Dollar`, `美元`."""
    surface = text[found.start : found.end]
    return is_unspaced(surface[0]) or any(mark in surface for mark in " -")

"""Reads numbers with their words of scale, as in `60 亿`, `13,7 milliards` and `3만5000`."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from copydesk_entities import numerals
from copydesk_entities.letters import is_hangul, is_unspaced
from copydesk_entities.numerals import SPACES, Number, Numeral
from copydesk_entities.phrases import Found
from copydesk_entities.place import Place
from copydesk_entities.tables import Tables
from copydesk_entities.tongues import choose

DASHES = ("-", "–", "—", "~", "～", "至")
"""What stands between the two numbers of a range."""
_MORE = ("多", "余", "餘", "여")
_CURRENCY_SIGNS = tuple("$€£¥₽₹₺₴₩")
_SPACES = tuple(SPACES)
_MOST_WORDS = 3
_NO_MONEY = frozenset("年月日号號时時分秒点點岁歲年월일시분초%％")


@frozen
class Quantity:
    """A number in a text, with its scale."""

    start: int
    end: int
    number: Number
    bare: Numeral
    """The digits alone."""
    needs_unit: bool = False
    """The scale is a single letter or two, as in `5m`, which mean something else without a
    currency."""
    languages: str = ""
    """Languages of the word of scale, with spaces between."""

    @property
    def factor(self) -> int:
        """What the words of scale multiply by."""
        bare = self.bare.number
        return round(self.number / bare) if bare and self.end > self.bare.end else 1


class Quantities:
    """Reads a number and all that multiplies it."""

    def __init__(self, tables: Tables) -> None:
        """Take the words of scale, whose values are the factors, and the decimal marks."""
        self._scales = tables.scales
        self._decimals = tables.decimals

    def read(self, place: Place, start: int) -> tuple[Quantity | None, int]:
        """Return the quantity whose first digit is at `start`, and where to look for the next."""
        text, folded, tongues = place.text, place.folded, place.tongues
        numeral, following = self._numeral(text, start, tongues)
        if numeral is None:
            return None, following
        quantity = self._scaled(text, folded, numeral, tongues)
        if not tongues and quantity.languages and "." in text[start : numeral.end]:
            # Only now it shows which mark is the decimal one: `12.000 millones`.
            numeral, following = self._numeral(text, start, quantity.languages.split())
            if numeral is None:
                return None, following
            quantity = self._scaled(text, folded, numeral, tongues)
        return self._with_rest(text, folded, quantity, tongues), following

    def _numeral(self, text: str, start: int, tongues: Sequence[str]) -> tuple[Numeral | None, int]:
        decimal = self._decimals.get(tongues[0], ",") if tongues else ""
        return numerals.read(text, start, decimal)

    def _scaled(self, text: str, folded: str, numeral: Numeral, tongues: Sequence[str]) -> Quantity:
        """Multiply the number by the words after it, `lakh crore` and `thousand billion` too."""
        quantity = Quantity(numeral.start, numeral.end, numeral.number, numeral)
        for _ in range(_MOST_WORDS):
            place = quantity.end + (text[quantity.end : quantity.end + 1] in _MORE)
            found = self._scales.beginning(folded, skip_joint(text, place))
            meaning = found and choose(found, text, tongues)
            if not found or not meaning:
                break
            word = text[found.start : found.end]
            if _is_loose_letter(text, quantity.end, found):
                break
            quantity = Quantity(
                quantity.start,
                found.end,
                numerals.multiply(quantity.number, int(meaning.value)),
                numeral,
                needs_unit=len(word) <= 2 and word.isascii(),
                languages=meaning.languages,
            )
        return quantity

    def _with_rest(
        self, text: str, folded: str, quantity: Quantity, tongues: Sequence[str]
    ) -> Quantity:
        """Add the smaller parts that follow in East Asian numbers: `1조 2000억`, `3万5千`."""
        total, end, factor = quantity.number, quantity.end, quantity.factor
        while factor > 1 and is_unspaced(text[end - 1]):
            place = end + (is_hangul(text[end - 1]) and text[end : end + 1] in _SPACES)
            if not text[place : place + 1].isdigit():
                break
            numeral, _ = self._numeral(text, place, tongues)
            if numeral is None or not isinstance(numeral.number, int):
                break
            part = self._scaled(text, folded, numeral, tongues)
            is_last = part.end == numeral.end
            if part.number >= factor or (is_last and (place > end or _has_other_unit(text, part))):
                break
            total, end, factor = total + part.number, part.end, part.factor
        return Quantity(
            quantity.start,
            end,
            total,
            quantity.bare,
            needs_unit=quantity.needs_unit,
            languages=quantity.languages,
        )


def _is_loose_letter(text: str, end: int, found: Found) -> bool:
    """Say whether a single letter stands apart, as in `5 T-shirts`, and before no currency."""
    if found.end - found.start > 1 or found.start == end or is_unspaced(text[found.start]):
        return False
    return text[found.end : found.end + 2].strip(SPACES)[:1] not in _CURRENCY_SIGNS


def skip_joint(text: str, place: int) -> int:
    """Return the place after one space, or after one hyphen before a letter."""
    following = text[place : place + 1]
    if following and following in SPACES:
        return place + 1
    if following in ("-", "‑") and text[place + 1 : place + 2].isalpha():
        return place + 1
    return place


def _has_other_unit(text: str, part: Quantity) -> bool:
    """Say whether the number after the scale begins something else: `10万3月`."""
    return text[part.end : part.end + 1] in _NO_MONEY

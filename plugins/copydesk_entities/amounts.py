"""Finds money, percentages, numbers and dates, and says what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from copydesk.api import Document, Entity, Value
from copydesk_entities import figures, han, numerals, tables
from copydesk_entities.dates import Dates
from copydesk_entities.letters import is_letter, is_unspaced
from copydesk_entities.money import Money
from copydesk_entities.numerals import Number
from copydesk_entities.options import AmountsOptions
from copydesk_entities.percents import Percents
from copydesk_entities.phrases import fold
from copydesk_entities.place import Place
from copydesk_entities.quantities import DASHES, Quantities, Quantity
from copydesk_entities.tongues import Tongues

_ANCHOR = re.compile(rf"(?<![A-Za-z0-9_])(?<!\d\.)\d|{han.NUMERAL.pattern}")
_CHAIN = re.compile(r"\d++(?:[-:]\d++){2,}+")
"""A telephone number or a time: no quantity, though it may be a date."""
_MINUS = "-−"
_HAN_PERCENT = "百分之"


class Amounts:
    """Finds money, percentages, numbers and dates, with their values."""

    def __init__(self, options: AmountsOptions) -> None:
        """Load the tables of words."""
        words = tables.load()
        self._options = options
        self._quantities = Quantities(words)
        self._money = Money(words)
        self._percents = Percents(words)
        self._dates = Dates(words)

    def process(self, document: Document) -> Document:
        """Return the document with its amounts among the entities."""
        found: list[Entity] = []
        for entity in self._read(document.text or "", Tongues(document)):
            if len(found) == self._options.max_amounts:
                document = document.with_extra("entities", amounts_stopped_at=entity.start)
                break
            if entity.label in self._options.labels:
                found.append(entity)
        entities = sorted((*document.entities, *found), key=lambda one: (one.start, one.end))
        return evolve(document, entities=tuple(entities))

    def _read(self, text: str, tongues: Tongues) -> Iterator[Entity]:
        folded = fold(text)
        at = last = 0
        currency = ""
        while anchor := _ANCHOR.search(text, at):
            start, at = anchor.span()
            is_digit = text[start].isdigit()
            if is_digit and _is_inside_word(text, start):
                continue
            codes = tongues.at(start)
            place = Place(text, folded, start, last, currency, codes, tongues.region)
            if is_digit:
                entity, at = self._digits(place)
            else:
                entity = self._han(place, anchor[0])
            if entity:
                yield entity
                at = last = entity.end
                currency = (entity.value and entity.value.currency) or ""

    def _digits(self, place: Place) -> tuple[Entity | None, int]:
        """Return what the digits are, if anything, and where to go on."""
        quantity, following = self._quantities.read(place, place.start)
        if quantity:
            upper = self._range(place, quantity)
            amount = self._as_money(place, quantity, upper) or self._as_percent(
                place, quantity, upper
            )
            if amount:
                return amount, following
        date = self._dates.read(place)
        if date and not (quantity and quantity.end > date.end):
            value = Value(date=date.date)
            return _entity(place.text, date.start, date.end, "DATE", value), following
        if quantity is None:
            return None, following
        if chain := _CHAIN.match(place.text, place.start):
            return None, chain.end()
        return _as_number(place, quantity), following

    def _range(self, place: Place, quantity: Quantity) -> Quantity | None:
        """Return the upper end of a range such as `10-15 Milliarden`: it has the unit of both."""
        start = quantity.end + 1
        is_range = quantity.end == quantity.bare.end and place.text[start - 1 : start] in DASHES
        if not is_range or not place.text[start : start + 1].isdigit():
            return None
        upper, _ = self._quantities.read(place, start)
        return upper if upper and upper.bare.number > quantity.number else None

    def _as_money(self, place: Place, quantity: Quantity, upper: Quantity | None) -> Entity | None:
        start, end, currency = self._money.around(place, quantity.end)
        number = quantity.number
        if upper and end == quantity.end:
            currency = currency or self._money.after(place, upper.end)[1]
            number = numerals.multiply(number, upper.factor)
        if not currency:
            return None
        start, number = _signed(place, start, number)
        value = (
            Value(number=number, currency=currency)
            if currency.isupper()
            else Value(number=number, unit=currency)
        )
        return _entity(place.text, start, end, "MONEY", value)

    def _as_percent(
        self, place: Place, quantity: Quantity, upper: Quantity | None
    ) -> Entity | None:
        before = self._percents.before(place)
        after = None if before is not None else self._percents.after(place, quantity.end)
        if (
            before is None
            and after is None
            and not (upper and self._percents.after(place, upper.end))
        ):
            return None
        start, number = _signed(place, place.start if before is None else before, quantity.number)
        value = Value(number=number, unit="percent")
        return _entity(place.text, start, after or quantity.end, "PERCENT", value)

    def _han(self, place: Place, run: str) -> Entity | None:
        """Read a number in Chinese characters if a currency, a date or `百分之` makes it one."""
        text, start = place.text, place.start
        end = start + len(run)
        if date := figures.read_han(text, start):
            return _entity(text, date.start, date.end, "DATE", Value(date=date.date))
        first = start - len(_HAN_PERCENT)
        number = han.read(run)
        if number is None:
            return None
        if first >= place.last and text[first:start] == _HAN_PERCENT:
            return _entity(text, first, end, "PERCENT", Value(number=number, unit="percent"))
        more = end + (text[end : end + 1] in ("多", "余", "餘"))
        last, currency = self._money.after(place, more)
        if not currency or number < 10:
            return None
        return _entity(text, start, last, "MONEY", Value(number=number, currency=currency))


def _as_number(place: Place, quantity: Quantity) -> Entity | None:
    text, start = place.text, place.start
    bare = quantity.bare
    end = bare.end if quantity.needs_unit else quantity.end
    number: Number = bare.number if quantity.needs_unit else quantity.number
    if _is_part(text, start, end) or numerals.is_chain(text, start, end):
        return None
    start, number = _signed(place, start, number)
    return _entity(text, start, end, "NUMBER", Value(number=number))


def _entity(text: str, start: int, end: int, label: str, value: Value) -> Entity:
    return Entity(start, end, text[start:end], label, value=value)


def _signed(place: Place, start: int, number: Number) -> tuple[int, Number]:
    """Take in a minus sign that stands for itself."""
    before = place.text[start - 2 : start - 1]
    is_sign = start > place.last and place.text[start - 1] in _MINUS
    if is_sign and (start == 1 or before.isspace() or before in "(（["):
        return start - 1, -number
    return start, number


def _is_inside_word(text: str, start: int) -> bool:
    """Say whether the digit goes on from a word or a code such as `H100` or `GPT-4`."""
    before = text[start - 1 : start]
    if not before:
        return False
    if before in "_#@=&" or before.isdigit():
        return True
    if is_letter(before):
        return not is_unspaced(before) and not _is_abjad(before)
    further = text[start - 2 : start - 1] if start > 1 else ""
    if before in "-‑/":
        return is_letter(further) and not is_unspaced(further) and not _is_abjad(further)
    return before == "." and (further.isdigit() or further.isalpha())


def _is_abjad(letter: str) -> bool:
    """Say whether the letter may be a Hebrew or Arabic preposition before the number."""
    return "\u0590" <= letter <= "\u06ff"


def _is_part(text: str, start: int, end: int) -> bool:
    """Say whether the bare number is part of an ordinal or a code."""
    after = text[end : end + 2]
    if after[:1] and after[0] in "_@/" and after[1:].isalnum():
        return True
    if text[start - 1 : start] in ("第", "제"):
        return True
    return bool(after) and is_letter(after[0]) and not is_unspaced(after[0])

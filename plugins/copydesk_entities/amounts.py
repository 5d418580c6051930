"""Finds money, percentages, numbers and dates, and says what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen
from attrs.validators import ge

from copydesk.api import Document, Entity, Value
from copydesk_entities import figures, han, numerals, tables
from copydesk_entities.dates import Dates
from copydesk_entities.letters import is_letter, is_unspaced
from copydesk_entities.money import Money
from copydesk_entities.numerals import SPACES, Number
from copydesk_entities.phrases import fold
from copydesk_entities.quantities import Quantities, Quantity, skip_joint
from copydesk_entities.tongues import Tongues, choose

_ANCHOR = re.compile(rf"\d|{han.NUMERAL.pattern}")
_MINUS = "-−"
_DASHES = ("-", "–", "—", "~", "～", "至")
_SIGN_FIRST = (("tr",), ("eu",))
"""Languages that write `%25`; elsewhere it is an escaped character of an address."""
_HAN_PERCENT = "百分之"


@frozen
class Options:
    """What to look for."""

    labels: tuple[str, ...] = ("MONEY", "PERCENT", "NUMBER", "DATE")
    """Labels to give; leaving one out saves next to no time."""
    max_amounts: int = field(default=100_000, validator=ge(1))
    """Stop after so many amounts in one document, and say in `extra.entities` where; a table of
    20 MB would else fill the memory. An amount costs about 20 microseconds and 500 bytes."""


@frozen
class _Place:
    """A text and where in it to read."""

    text: str = field(repr=False)
    folded: str = field(repr=False)
    start: int
    """The first digit."""
    last: int
    """The end of the amount before: nothing reaches back over it."""
    tongues: Sequence[str]
    region: str


class Amounts:
    """Reads what surrounds each digit of a text."""

    def __init__(self, options: Options) -> None:
        """Load the tables of words."""
        words = tables.load()
        self._options = options
        self._quantities = Quantities(words)
        self._money = Money(words)
        self._percents = words.percents
        self._percents_before = words.percents_before
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
        while anchor := _ANCHOR.search(text, at):
            start, at = anchor.span()
            place = _Place(text, folded, start, last, tongues.at(start), tongues.region)
            if not text[start].isdigit():
                entity = self._han(place, anchor[0])
            elif _is_inside_word(text, start):
                _, at = numerals.read(text, start, "")
                continue
            else:
                entity = self._digits(place)
                _, at = numerals.read(text, start, "")
            if entity:
                yield entity
                at = last = max(entity.end, start + 1)

    def _digits(self, place: _Place) -> Entity | None:
        """Return the reading of the number that says most; money goes before dates."""
        amount = self._amount(place)
        if amount and amount.label == "MONEY":
            return amount
        date = self._dates.read(place.text, place.folded, place.start, place.tongues, place.region)
        if date and date.start >= place.last and not (amount and amount.end > date.end):
            value = Value(date=date.date)
            return _entity(place.text, date.start, date.end, "DATE", value)
        return amount

    def _amount(self, place: _Place) -> Entity | None:
        quantity, _ = self._quantities.read(place.text, place.folded, place.start, place.tongues)
        if quantity is None:
            return None
        ranged = self._range(place, quantity)
        return (
            self._as_money(place, quantity, ranged)
            or self._as_percent(place, quantity, ranged)
            or _as_number(place, quantity)
        )

    def _range(self, place: _Place, quantity: Quantity) -> Quantity | None:
        """Return the upper end of a range such as `10-15 Milliarden`: it has the unit of both."""
        if place.text[quantity.end : quantity.end + 1] not in _DASHES:
            return None
        if quantity.end > quantity.bare.end:
            return None
        start = quantity.end + 1
        if not place.text[start : start + 1].isdigit():
            return None
        upper, _ = self._quantities.read(place.text, place.folded, start, place.tongues)
        return upper if upper and upper.bare.number > quantity.number else None

    def _as_money(self, place: _Place, quantity: Quantity, upper: Quantity | None) -> Entity | None:
        text, folded, tongues, region = place.text, place.folded, place.tongues, place.region
        start, before = self._money.before(text, folded, place.start, tongues, region)
        if start < place.last:
            start, before = place.start, ""
        end, after = self._money.after(text, folded, quantity.end, tongues, region)
        if before and not (after and before == "USD" and text[start : place.start].strip() == "$"):
            after, end = before, quantity.end
        number = quantity.number
        if upper and not (after and end > quantity.end):
            _, beyond = self._money.after(text, folded, upper.end, tongues, region)
            after = before or beyond
            factor = round(upper.number / upper.bare.number) if upper.bare.number else 1
            number = numerals.multiply(number, factor)
        if not after:
            return None
        start, number = _signed(text, start, place.last, number)
        value = (
            Value(number=number, currency=after)
            if after.isupper()
            else Value(number=number, unit=after)
        )
        return _entity(text, start, end, "MONEY", value)

    def _as_percent(
        self, place: _Place, quantity: Quantity, upper: Quantity | None
    ) -> Entity | None:
        start, end = self._percent_before(place), quantity.end
        if start == place.start:
            after = self._percent_after(place, quantity.end)
            if after is None and not (upper and self._percent_after(place, upper.end)):
                return None
            end = after or quantity.end
        start, number = _signed(place.text, start, place.last, quantity.number)
        return _entity(place.text, start, end, "PERCENT", Value(number=number, unit="percent"))

    def _percent_before(self, place: _Place) -> int:
        """Return where a word such as the Turkish `yüzde` begins, else where the number does."""
        text, start = place.text, place.start
        gap = start - 1 if start and text[start - 1] in SPACES else start
        found = self._percents_before.ending(place.folded, gap)
        if not found or found.start < place.last or not choose(found, text, place.tongues):
            return start
        is_sign = text[found.start] == "%"
        is_escape = found.start > 0 and not text[found.start - 1].isspace()
        if is_sign and (is_escape or place.tongues[:1] not in _SIGN_FIRST):
            return start
        return found.start

    def _percent_after(self, place: _Place, end: int) -> int | None:
        found = self._percents.beginning(place.folded, skip_joint(place.text, end))
        return found.end if found and choose(found, place.text, place.tongues) else None

    def _han(self, place: _Place, run: str) -> Entity | None:
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
        last, currency = self._money.after(text, place.folded, more, place.tongues, place.region)
        if not currency or number < 10:
            return None
        return _entity(text, start, last, "MONEY", Value(number=number, currency=currency))


def _as_number(place: _Place, quantity: Quantity) -> Entity | None:
    text, start = place.text, place.start
    bare = quantity.bare
    end = bare.end if quantity.needs_unit else quantity.end
    number: Number = bare.number if quantity.needs_unit else quantity.number
    if _is_part(text, start, end) or numerals.is_chain(text, start, end):
        return None
    start, number = _signed(text, start, place.last, number)
    return _entity(text, start, end, "NUMBER", Value(number=number))


def _entity(text: str, start: int, end: int, label: str, value: Value) -> Entity:
    return Entity(start, end, text[start:end], label, value=value)


def _signed(text: str, start: int, last: int, number: Number) -> tuple[int, Number]:
    """Take in a minus sign that stands for itself."""
    before = text[start - 2 : start - 1]
    is_sign = start > last and text[start - 1] in _MINUS
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
    if text[start - 1 : start] == "第":
        return True
    return bool(after) and is_letter(after[0]) and not is_unspaced(after[0])

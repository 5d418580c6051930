"""Finds money, percentages, numbers and dates, and says what they come to."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from attrs import evolve, frozen
from copydesk_entities import numerals
from copydesk_entities.dates import Dates
from copydesk_entities.lexicon import Found, Lexicon, fold, is_letter, is_unspaced
from copydesk_entities.numerals import Numeral
from copydesk_entities.tongues import Tongues, choose

from copydesk.api import Document, Entity, Value

_SPACES = " \u00a0\u202f\u2009"
_MINUS = "-−"
_MORE = "多余餘여"


@frozen
class Options:
    """What to look for."""

    labels: tuple[str, ...] = ("MONEY", "PERCENT", "NUMBER", "DATE")
    """Labels to give; leaving one out costs and saves no time."""


@frozen
class _Scaled:
    """A number with its words of scale: `60 亿`, `13,7 milliards`."""

    end: int
    number: int | float
    needs_currency: bool
    languages: str


class Amounts:
    """Reads amounts around every digit of a text."""

    def __init__(self, options: Options) -> None:
        """Load the tables of words."""
        self._options = options
        tables = _tables()
        self._currencies = Lexicon(tables["currencies"])
        self._symbols = Lexicon(tables["symbols"])
        self._scales = Lexicon(tables["scales"])
        self._percents = Lexicon(tables["percents"])
        self._links = Lexicon((word, "", "") for word in tables["links"]["amount"])
        self._dates = Dates(
            Lexicon(tables["months"]),
            Lexicon((word, "", "") for word in tables["links"]["date"]),
            (
                Lexicon((word, "", "en") for word in tables["years"]["before"]),
                Lexicon((word, "", "en") for word in tables["years"]["after"]),
            ),
        )
        self._dates.learn_orders(
            {code: facts["order"] for code, facts in tables["languages"].items()}
        )

    def process(self, document: Document) -> Document:
        """Return the document with its amounts among the entities."""
        found = [
            entity
            for entity in self._read(document.text or "", Tongues(document))
            if entity.label in self._options.labels
        ]
        entities = sorted((*document.entities, *found), key=lambda one: (one.start, one.end))
        return evolve(document, entities=tuple(entities))

    def _read(self, text: str, tongues: Tongues) -> Iterator[Entity]:
        folded = fold(text)
        place, last = 0, 0
        while digit := numerals.FIRST.search(text, place):
            start = digit.start()
            codes = tongues.at(start)
            entity = None
            if not _is_inside_word(text, start):
                entity = self._entity(text, folded, start, last, codes)
            if entity:
                yield entity
                place = last = entity.end
            else:
                _, place = numerals.read(text, start, codes)

    def _entity(
        self, text: str, folded: str, start: int, last: int, codes: Sequence[str]
    ) -> Entity | None:
        amount = self._amount(text, folded, start, last, codes)
        if amount and amount.label == "MONEY":
            return amount
        dated = self._dates.read(text, folded, start, codes)
        if dated and dated.start >= last and (not amount or dated.end >= amount.end):
            span = text[dated.start : dated.end]
            return Entity(dated.start, dated.end, span, "DATE", value=Value(date=dated.date))
        return amount

    def _amount(
        self, text: str, folded: str, start: int, last: int, codes: Sequence[str]
    ) -> Entity | None:
        numeral, _ = numerals.read(text, start, codes)
        if numeral is None:
            return None
        scaled = self._scale(text, folded, numeral, codes)
        first, currency = self._prefix(text, folded, start, last, codes)
        end, after = self._suffix(text, folded, scaled, codes)
        if after and (not currency or currency == "USD"):
            currency = after
        elif currency:
            end = scaled.end
        if not currency and scaled.needs_currency:
            scaled = _Scaled(numeral.end, numeral.number, False, "")
        if currency:
            first, number = _signed(text, first, last, scaled.number)
            value = Value(number=number, currency=currency)
            return Entity(first, end, text[first:end], "MONEY", value=value)
        if percent := self._percent(text, folded, scaled.end, codes):
            first, number = _signed(text, start, last, scaled.number)
            value = Value(number=number, unit="percent")
            return Entity(first, percent, text[first:percent], "PERCENT", value=value)
        if _is_part(text, start, scaled.end):
            return None
        first, number = _signed(text, start, last, scaled.number)
        return Entity(
            first, scaled.end, text[first : scaled.end], "NUMBER", value=Value(number=number)
        )

    def _scale(self, text: str, folded: str, numeral: Numeral, codes: Sequence[str]) -> _Scaled:
        """Return the number with the words of scale after it, `萬` and `thousand billion` too."""
        end, number, languages, needs_currency = numeral.end, numeral.number, "", False
        for _ in range(3):
            place = end + 1 if text[end : end + 1] in tuple(_MORE) else end
            place = _skip(text, place, hyphen=True)
            found = self._scales.beginning(folded, place)
            meaning = found and choose(found.meanings, text[found.start : found.end], codes)
            if not found or not meaning:
                break
            word = text[found.start : found.end]
            needs_currency = len(word) <= 2 and not is_unspaced(word[0]) and word.isascii()
            end, languages = found.end, meaning.languages
            number = numerals.multiply(number, int(meaning.value))
        return _Scaled(end, number, needs_currency, languages)

    def _prefix(
        self, text: str, folded: str, start: int, last: int, codes: Sequence[str]
    ) -> tuple[int, str]:
        """Return where a currency sign before the number begins, and its code."""
        place = start - 1 if start and text[start - 1] in _SPACES else start
        found = self._symbols.ending(folded, place)
        if not found or found.start < last:
            return start, ""
        meaning = self._symbol(found, text, codes)
        return (found.start, meaning) if meaning else (start, "")

    def _suffix(
        self, text: str, folded: str, scaled: _Scaled, codes: Sequence[str]
    ) -> tuple[int, str]:
        """Return where a currency after the number ends, and its code."""
        place = _skip(text, scaled.end, hyphen=True)
        if link := self._links.beginning(folded, place):
            after = _skip(text, link.end, hyphen=False)
            if found := self._currencies.beginning(folded, after):
                meaning = choose(found.meanings, text[found.start : found.end], codes)
                if meaning:
                    return found.end, meaning.value
        best = scaled.end, ""
        if found := self._currencies.beginning(folded, place):
            meaning = choose(found.meanings, text[found.start : found.end], codes)
            if meaning:
                best = found.end, meaning.value
        found = self._symbols.beginning(folded, place)
        if found and found.end > best[0] and (code := self._symbol(found, text, codes)):
            best = found.end, code
        return best

    def _symbol(self, found: Found, text: str, codes: Sequence[str]) -> str:
        surface = text[found.start : found.end]
        exact = [meaning for meaning in found.meanings if meaning.spelling == surface]
        if not exact:
            return ""
        if surface == "$":
            return "USD"
        meaning = choose(exact, surface, codes)
        if meaning is None and not (surface.isascii() and surface.isalpha()):
            meaning = max(exact, key=lambda one: len(one.languages))
        return meaning.value if meaning else ""

    def _percent(self, text: str, folded: str, end: int, codes: Sequence[str]) -> int | None:
        place = _skip(text, end, hyphen=False)
        found = self._percents.beginning(folded, place)
        if found and choose(found.meanings, text[found.start : found.end], codes):
            return found.end
        return None


def _skip(text: str, place: int, *, hyphen: bool) -> int:
    """Return the place after one space, or after one hyphen before a letter."""
    following = text[place : place + 1]
    if following and following in _SPACES:
        return place + 1
    if hyphen and following in ("-", "‑") and text[place + 1 : place + 2].isalpha():
        return place + 1
    return place


def _signed(text: str, start: int, last: int, number: int | float) -> tuple[int, int | float]:
    """Take in a minus sign that stands for itself."""
    if (
        start > last
        and text[start - 1] in _MINUS
        and (start < 2 or text[start - 2].isspace() or text[start - 2] in "(（[")
    ):
        return start - 1, -number
    return start, number


def _is_inside_word(text: str, start: int) -> bool:
    """Say whether the digit goes on from a word or a code such as `H100` or `GPT-4`."""
    if not start:
        return False
    before = text[start - 1]
    if before in "_#@=&" or before.isdigit():
        return True
    if is_letter(before):
        return not is_unspaced(before)
    return before in "-/." and start > 1 and text[start - 2].isalnum()


def _is_part(text: str, start: int, end: int) -> bool:
    """Say whether the bare number is part of a time, an ordinal or a code."""
    after = text[end : end + 2]
    if after[:1] and (after[0] in "_@:/" and after[1:].isalnum()):
        return True
    if text[start - 1 : start] == "第":
        return True
    return bool(after[:1]) and is_letter(after[0]) and not is_unspaced(after[0])


def _tables() -> dict[str, Any]:
    """Return the tables: those of CLDR with the words of everyday news added."""
    folder = files("copydesk_entities") / "data"
    cldr: dict[str, Any] = json.loads((folder / "amounts.json").read_text("utf-8"))
    everyday = tomllib.loads((folder / "everyday.toml").read_text("utf-8"))
    tables: dict[str, Any] = {"languages": cldr.pop("languages")}
    for name, rows in cldr.items():
        tables[name] = [*_flat(rows), *_everyday(everyday.get(name, {}))]
    codes = {value for _, value, _ in tables["currencies"]}
    tables["symbols"] += [(code, code, "en") for code in sorted(codes)]
    for name in ("links", "years"):
        tables[name] = {key: _listed(words) for key, words in everyday[name].items()}
    return tables


def _flat(rows: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    for word, meanings in rows.items():
        for value, languages in meanings.items():
            yield word, value, languages


def _everyday(meanings: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    for value, languages in meanings.items():
        for language, words in languages.items():
            for word in _listed(words):
                yield word, value, language


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.replace("\n", " ").split("|")]

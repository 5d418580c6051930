"""Loads the words for amounts and dates: those of CLDR and those of everyday news."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from attrs import frozen

from copydesk_entities.phrases import Phrases

_Row = tuple[str, str, str]


@frozen
class Tables:
    """Everything that the reading of amounts knows of languages."""

    currencies: Phrases
    """Names of currencies; the value is an ISO 4217 code, or a name in lower case where several
    currencies share it."""
    symbols: Phrases
    """Signs and codes of currencies."""
    scales: Phrases
    """Words such as `million`; the value is the factor."""
    percents: Phrases
    percents_before: Phrases
    months: Phrases
    """The value is the number of the month."""
    persian: Phrases
    """Months of the Persian calendar."""
    amount_links: Phrases
    """Words between an amount and its currency."""
    date_links: Phrases
    """Words between the parts of a date."""
    sure_years: Phrases
    """Words before what can only be a year."""
    likely_years: Phrases
    """Words before what is a year if it is a recent one."""
    after_years: Phrases
    orders: Mapping[str, str]
    """Order of day, month and year in figures, by language: `dmy`, `mdy` or `ymd`."""
    decimals: Mapping[str, str]
    """The mark before fractions, by language."""
    dollars: Mapping[str, str]
    """What `$` means, by ISO 3166-1 code."""


def load() -> Tables:
    """Read the two data files of the package."""
    folder = files("copydesk_entities") / "data"
    cldr: dict[str, Any] = json.loads((folder / "amounts.json").read_text("utf-8"))
    own = tomllib.loads((folder / "everyday.toml").read_text("utf-8"))
    return Tables(
        currencies=Phrases([*_of_cldr(cldr, "currencies"), *_of_news(own, "currencies")]),
        symbols=Phrases(
            [
                *_of_cldr(cldr, "symbols"),
                *_of_news(own, "symbols"),
                *((code, code, "en") for code in _listed(own["codes"]["en"])),
            ]
        ),
        scales=Phrases([*_of_cldr(cldr, "scales"), *_of_news(own, "scales")]),
        percents=Phrases([*_of_cldr(cldr, "percents"), *_of_news(own, "percents")]),
        percents_before=Phrases(_of_news(own, "percents_before")),
        months=Phrases(_with_prefix([*_of_cldr(cldr, "months"), *_of_news(own, "months")])),
        persian=Phrases((word, month, "fa") for month, word in own["persian"].items()),
        amount_links=_plain(own["links"]["amount"]),
        date_links=_plain(own["links"]["date"]),
        sure_years=_plain(own["years"]["sure"]),
        likely_years=_plain(own["years"]["likely"]),
        after_years=_plain(own["years"]["after"]),
        orders={code: facts["order"] for code, facts in cldr["languages"].items()},
        decimals={code: facts["decimal"] for code, facts in cldr["languages"].items()},
        dollars=own["dollars"],
    )


def _of_cldr(cldr: Mapping[str, Any], table: str) -> Iterator[_Row]:
    for word, meanings in cldr[table].items():
        for value, languages in meanings.items():
            yield word, value, languages


def _of_news(own: Mapping[str, Any], table: str) -> Iterator[_Row]:
    for value, languages in own[table].items():
        for language, words in languages.items():
            for word in _listed(words):
                yield word, value, language


def _with_prefix(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Yield the months, in Hebrew with the preposition that dates put before them too."""
    for word, value, languages in rows:
        yield word, value, languages
        if "he" in languages.split():
            yield f"ב{word}", value, "he"


def _plain(words: str) -> Phrases:
    return Phrases((word, "", "") for word in _listed(words))


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.replace("\n", " ").split("|")]

"""Compiles the CLDR tables that the entity steps read; run it again when Babel changes.

`python -m copydesk_entities.cldr` writes `data/amounts.json` and `data/places.json`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_NEWS = "en zh zh_Hant fr de ar es pt it ru ja ko hi fa tr id vi nl pl sv uk he el cs ro th"
_OTHERS = """
af az be bg bn bs ca cy da et eu fi fil ga gl gu hr hu hy is ka kk km kn ky lo lt lv mk ml mn mr ms
my ne no pa ps si sk sl sq sr sr_Latn sw ta te ur uz
"""
_SMALL = """
am as br ceb ckb dz eo fo fy ha ig jv ku lb mg mt oc or rw sd so su tg ti tk tt ug vo xh yo yue zu
"""
AMOUNT_LANGUAGES = tuple(f"{_NEWS} {_OTHERS}".split())
"""The languages whose words for amounts and dates are read."""
PLACE_LANGUAGES = (*AMOUNT_LANGUAGES, *_SMALL.split())
"""The languages whose names of places are known."""

_CONTINENTS_WORDS = "002 003 005 009 019 142 150 419"
_CONTINENTS = frozenset(_CONTINENTS_WORDS.split())
_NO_PLACES_WORDS = "ZZ XA XB QO EZ EU UN"
_NO_PLACES = frozenset(_NO_PLACES_WORDS.split())
_CITIES_WORDS = """
Africa/Abidjan Africa/Accra Africa/Addis_Ababa Africa/Algiers Africa/Asmera Africa/Bamako
Africa/Bangui Africa/Brazzaville Africa/Bujumbura Africa/Cairo Africa/Casablanca Africa/Conakry
Africa/Dakar Africa/Dar_es_Salaam Africa/Douala Africa/Freetown Africa/Gaborone Africa/Harare
Africa/Johannesburg Africa/Juba Africa/Kampala Africa/Khartoum Africa/Kigali Africa/Kinshasa
Africa/Lagos Africa/Libreville Africa/Lome Africa/Luanda Africa/Lubumbashi Africa/Lusaka
Africa/Maputo Africa/Mogadishu Africa/Monrovia Africa/Nairobi Africa/Ndjamena Africa/Niamey
Africa/Nouakchott Africa/Ouagadougou Africa/Tripoli Africa/Windhoek America/Anchorage
America/Asuncion America/Bogota America/Buenos_Aires America/Caracas America/Chicago
America/Denver America/Detroit America/Edmonton America/Guayaquil America/Halifax America/Havana
America/Indianapolis America/La_Paz America/Lima America/Los_Angeles America/Louisville
America/Managua America/Manaus America/Mexico_City America/Monterrey America/Montevideo
America/New_York America/Paramaribo America/Port-au-Prince America/Recife America/Santiago
America/Santo_Domingo America/Sao_Paulo America/Tegucigalpa America/Tijuana America/Toronto
America/Vancouver America/Winnipeg Asia/Aden Asia/Almaty Asia/Amman Asia/Ashgabat Asia/Baghdad
Asia/Baku Asia/Bangkok Asia/Beirut Asia/Bishkek Asia/Calcutta Asia/Colombo Asia/Damascus
Asia/Dhaka Asia/Dubai Asia/Dushanbe Asia/Gaza Asia/Hebron Asia/Irkutsk Asia/Jakarta
Asia/Jerusalem Asia/Kabul Asia/Karachi Asia/Katmandu Asia/Krasnoyarsk Asia/Kuala_Lumpur
Asia/Magadan Asia/Manila Asia/Muscat Asia/Nicosia Asia/Novosibirsk Asia/Omsk Asia/Phnom_Penh
Asia/Pyongyang Asia/Rangoon Asia/Riyadh Asia/Saigon Asia/Samarkand Asia/Seoul Asia/Shanghai
Asia/Taipei Asia/Tashkent Asia/Tbilisi Asia/Tehran Asia/Tokyo Asia/Tomsk Asia/Ulaanbaatar
Asia/Urumqi Asia/Vientiane Asia/Vladivostok Asia/Yakutsk Asia/Yekaterinburg Asia/Yerevan
Australia/Adelaide Australia/Brisbane Australia/Darwin Australia/Hobart Australia/Melbourne
Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Astrakhan Europe/Athens Europe/Belgrade
Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Chisinau
Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul Europe/Kaliningrad Europe/Kiev
Europe/Lisbon Europe/Ljubljana Europe/London Europe/Madrid Europe/Minsk Europe/Moscow
Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Riga Europe/Rome Europe/Samara
Europe/Sarajevo Europe/Saratov Europe/Simferopol Europe/Skopje Europe/Sofia Europe/Stockholm
Europe/Tallinn Europe/Tirane Europe/Vaduz Europe/Vienna Europe/Vilnius Europe/Volgograd
Europe/Warsaw Europe/Zagreb Europe/Zurich Pacific/Auckland Pacific/Honolulu
"""
_CITIES = _CITIES_WORDS.split()
_Table = dict[str, dict[str, set[str]]]
_MARKS = dict.fromkeys(map(ord, "\u00ad\u200e\u200f\u061c"))


def compile_amounts() -> dict[str, Any]:
    """Return words and signs for money, percent and dates, by language."""
    from babel import Locale  # noqa: PLC0415 - a heavy import

    facts: dict[str, dict[str, str]] = {}
    tables: dict[str, _Table] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for identifier in AMOUNT_LANGUAGES:
        locale = Locale.parse(identifier)
        code = locale.language
        facts.setdefault(
            code,
            {"decimal": locale.number_symbols["latn"]["decimal"], "order": _order(locale)},
        )
        for table, word, meaning in _words(locale):
            tables[table][_plain(word)][meaning].add(code)
    return {"languages": facts, **{name: _rows(table) for name, table in sorted(tables.items())}}


def compile_places() -> dict[str, Any]:
    """Return the names of countries, continents and cities: name -> link -> languages."""
    from babel import Locale  # noqa: PLC0415 - a heavy import

    table: _Table = defaultdict(lambda: defaultdict(set))
    for identifier in PLACE_LANGUAGES:
        locale = Locale.parse(identifier)
        for link, name in (*_territories(locale), *_cities(locale)):
            table[_plain(name)][link].add(locale.language)
    return {"places": _rows(table)}


def _territories(locale: Any) -> Iterator[tuple[str, str]]:
    for code, name in locale.territories.items():
        wanted = code in _CONTINENTS or not code.isdigit()
        if wanted and code not in _NO_PLACES and name != code:
            yield f"unm49:{code}" if code.isdigit() else f"iso3166:{code}", name


def _cities(locale: Any) -> Iterator[tuple[str, str]]:
    """Yield the cities that time zones are named after.

    Where CLDR gives no name, the one in the zone's identifier stands, in Latin letters.
    """
    is_latin = locale.territories.get("FR", "я")[0] < "\u0250"
    for zone in _CITIES:
        city = locale.time_zones.get(zone, {}).get("city")
        if city or is_latin:
            yield f"tz:{zone}", city or zone.rpartition("/")[2].replace("_", " ")


def _words(locale: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (table, word, meaning) for one language."""
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[form][width].items():
                if not any(letter.isdigit() for letter in name):
                    yield "months", name, str(month)
    for formats in locale.compact_decimal_formats.values():
        for patterns in formats.values():
            for size, pattern in patterns.items():
                yield from _scale(size, pattern.pattern)
    for key, names in _forms(locale, "concentr-percent"):
        if key != "per":
            yield "percents", names.replace("{0}", ""), "percent"
    yield from _currencies(locale)


def _scale(size: str, pattern: str) -> Iterator[tuple[str, str, str]]:
    zeros = pattern.count("0")
    word = pattern.replace("'", "").strip("0 \u00a0\u202f")
    if zeros and word and "0" not in word:
        yield "scales", word, str(int(size) // 10 ** (zeros - 1))


def _forms(locale: Any, unit: str) -> Iterator[tuple[str, str]]:
    for width in locale._data["unit_patterns"].get(unit, {}).values():  # noqa: SLF001 - no accessor gives all forms
        yield from width.items()


def _currencies(locale: Any) -> Iterator[tuple[str, str, str]]:
    current = _current_currencies()
    for code, name in locale.currencies.items():
        if code in current and name != code:
            yield "currencies", name, code
    for code, forms in locale._data["currency_names_plural"].items():  # noqa: SLF001 - no accessor gives all forms
        for name in forms.values():
            if code in current and name != code:
                yield "currencies", name, code
    for code, symbol in locale.currency_symbols.items():
        if code in current and symbol != code and len(_plain(symbol)) + (not symbol.isalpha()) > 1:
            yield "symbols", symbol, code


def _current_currencies() -> set[str]:
    """Return the codes that are legal tender somewhere now."""
    from babel.core import get_global  # noqa: PLC0415 - a heavy import

    return {
        code
        for rows in get_global("territory_currencies").values()
        for code, _, end, tender in rows
        if tender and end is None
    }


def _order(locale: Any) -> str:
    """Return the order of day, month and year in numeric dates: `dmy`, `mdy` or `ymd`."""
    letters = re.findall("[dMy]", locale.date_formats["short"].pattern)
    return "".join(dict.fromkeys(letters)).lower()


def _plain(name: str) -> str:
    """Return the name without direction marks, with plain spaces."""
    return " ".join(name.translate(_MARKS).split())


def _rows(table: _Table) -> dict[str, dict[str, str]]:
    return {
        word: {
            meaning: " ".join(sorted(languages)) for meaning, languages in sorted(meanings.items())
        }
        for word, meanings in sorted(table.items())
        if word
    }


def render(tables: Mapping[str, Any]) -> str:
    """Return the tables as JSON with one word a line, so that a change is easy to see."""
    parts = []
    for name, rows in tables.items():
        lines = ",\n".join(
            f"{json.dumps(word, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}"
            for word, row in rows.items()
        )
        parts.append(f'"{name}": {{\n{lines}\n}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Write both files."""
    folder = Path(__file__).parent / "data"
    for name, tables in (("amounts", compile_amounts()), ("places", compile_places())):
        path = folder / f"{name}.json"
        path.write_text(render(tables), "utf-8")
        sys.stderr.write(f"{path.name}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()

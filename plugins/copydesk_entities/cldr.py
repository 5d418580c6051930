"""Compiles the CLDR tables that the entity steps read; run it again when Babel changes.

`python -m copydesk_entities.cldr` writes `data/amounts.json` and `data/territories.json`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

AMOUNT_LANGUAGES = (
    "en zh zh_Hant fr de ar es pt it ru ja ko hi fa tr id vi nl pl sv uk he el cs ro th "
    "af az be bg bn bs ca cy da et eu fi fil ga gl gu hr hu hy is ka kk km kn ky lo lt lv mk ml "
    "mn mr ms my ne no pa ps si sk sl sq sr sr_Latn sw ta te ur uz"
).split()
"""The languages whose words for amounts and dates are read."""

_CONTINENTS = frozenset("002 003 005 009 019 142 150 419".split())
_NO_PLACES = frozenset("ZZ XA XB QO EZ UN".split())
_Table = dict[str, dict[str, set[str]]]
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))


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


def compile_territories() -> dict[str, Any]:
    """Return the names of countries and regions: name -> territory -> languages."""
    from babel import Locale, localedata  # noqa: PLC0415 - a heavy import

    table: _Table = defaultdict(lambda: defaultdict(set))
    for identifier in localedata.locale_identifiers():
        locale = Locale.parse(identifier)
        if locale.territory or locale.language == "root":
            continue
        for territory, name in locale.territories.items():
            wanted = territory in _CONTINENTS or not territory.isdigit()
            if wanted and territory not in _NO_PLACES and name != territory:
                table[_plain(name)][territory].add(locale.language)
    return {"territories": _rows(table)}


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
    for name, tables in (("amounts", compile_amounts()), ("territories", compile_territories())):
        path = folder / f"{name}.json"
        path.write_text(render(tables), "utf-8")
        sys.stderr.write(f"{path.name}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()

"""Knows where each encoding is at home: how usual it is today, and which languages it is for."""

from __future__ import annotations

ASIAN = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")
"""The two-byte encodings of the web."""
MAINFRAME = frozenset({"cp037", "cp1140", "cp424", "cp500", "cp875", "cp1026", "cp273"})
"""Kinds of EBCDIC, whose letters lie where other encodings have signs."""

_USUAL = (
    frozenset({"windows-1252", "windows-1251", *ASIAN}),
    frozenset(
        {
            *("windows-1250", "windows-1253", "windows-1254", "windows-1255", "windows-1256"),
            *("windows-1257", "windows-874", "koi8-r"),
            *("iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-15"),
        }
    ),
    frozenset(
        {
            *("windows-1258", "koi8-u", "macintosh"),
            *("iso-8859-3", "iso-8859-4", "iso-8859-6", "iso-8859-8"),
            *("iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-16"),
            *("ibm866", "cp437", "cp850", "cp852", "cp855"),
        }
    ),
)
# The languages that an encoding was made for or was much used for, in ISO 639-1.
_LANGUAGES = {
    "windows-1252 iso-8859-15 macintosh cp850 cp858 hp-roman8 cp500 cp1140 cp037": (
        "en fr de es pt it nl sv no da fi ca eu is sq ms tl"
    ),
    "cp437": "en fr de es it nl sv fi",
    "cp273": "de",
    "cp860": "pt",
    "cp861 mac-iceland": "is",
    "cp863": "fr",
    "cp865": "no da",
    "windows-1250 iso-8859-2 cp852 mac-latin2": "pl cs sk hu hr sl sr ro sq",
    "iso-8859-16": "ro",
    "windows-1257 iso-8859-13 iso-8859-4 iso-8859-10 cp775": "lt lv et",
    "windows-1254 cp857 mac-turkish cp1026": "tr az",
    "windows-1251 iso-8859-5 x-mac-cyrillic cp855": "ru uk bg sr be",
    "koi8-r": "ru bg",
    "koi8-u cp1125": "uk",
    "ibm866": "ru be bg",
    "windows-1253 iso-8859-7 cp737 cp869 mac-greek cp875": "el",
    "windows-1255 iso-8859-8 cp862 cp424 cp856": "he",
    "windows-1256 iso-8859-6 cp720 cp864": "ar fa ur",
    "cp1006": "ur",
    "windows-874 cp874": "th",
    "windows-1258": "vi",
    "gb18030 big5": "zh",
    "shift_jis euc-jp shift-jis-2004 euc-jis-2004": "ja",
    "euc-kr johab": "ko",
}
_AT_HOME = frozenset(
    (label, language)
    for labels, languages in _LANGUAGES.items()
    for label in labels.split()
    for language in languages.split()
)


def find_rarity(label: str) -> int:
    """Return how unusual an encoding is for text of today: 0 is the most usual, 3 the least."""
    return next((rank for rank, labels in enumerate(_USUAL) if label in labels), len(_USUAL))


def is_at_home(label: str, language: str) -> bool:
    """Return whether an encoding was made for a language, or much used for it."""
    return (label, language) in _AT_HOME

"""Makes the case forms of names in the languages where a name changes with its case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_Endings = Sequence[tuple[str, Sequence[str]]]
"""(ending of the nominative, endings of the other cases), the first that fits counts."""

_SHORTEST = 3
_RUSSIAN: _Endings = (
    ("ский", ("ского", "скому", "ского", "ским", "ском")),
    ("цкий", ("цкого", "цкому", "цкого", "цким", "цком")),
    ("ый", ("ого", "ому", "ый", "ым", "ом")),
    ("ая", ("ой", "ой", "ую", "ой", "ой")),
    ("ое", ("ого", "ому", "ое", "ым", "ом")),
    ("ие", ("их", "им", "ие", "ими", "их")),
    ("ые", ("ых", "ым", "ые", "ыми", "ых")),
    ("ия", ("ии", "ии", "ию", "ией", "ии")),
    ("я", ("и", "е", "ю", "ей", "е")),
    ("ка", ("ки", "ке", "ку", "кой", "ке")),
    ("га", ("ги", "ге", "гу", "гой", "ге")),
    ("ха", ("хи", "хе", "ху", "хой", "хе")),
    ("а", ("ы", "е", "у", "ой", "е")),
    ("й", ("я", "ю", "я", "ем", "е")),
    ("ь", ("я", "ю", "ь", "ем", "е")),
    ("ь", ("и", "и", "ь", "ью", "и")),
    ("аты", ("атов", "атам", "аты", "атами", "атах")),
    ("анды", ("андов", "андам", "анды", "андами", "андах")),
    ("ы", ("", "ам", "ы", "ами", "ах")),
    ("ов", ("ова", "ову", "ова", "овым", "ове")),
    ("ев", ("ева", "еву", "ева", "евым", "еве")),
    ("ёв", ("ёва", "ёву", "ёва", "ёвым", "ёве")),
    ("ин", ("ина", "ину", "ина", "иным", "ине")),
    ("ин", ("ина", "ину", "ин", "ином", "ине")),
)
_UKRAINIAN: _Endings = (
    ("ський", ("ського", "ському", "ського", "ським", "ському")),
    ("ий", ("ого", "ому", "ий", "им", "ому")),
    ("ні", ("них", "ним", "ні", "ними", "них")),
    ("ія", ("ії", "ії", "ію", "ією", "ії")),
    ("ея", ("еї", "еї", "ею", "еєю", "еї")),
    ("я", ("і", "і", "ю", "ею", "і")),
    ("ка", ("ки", "ці", "ку", "кою", "ці")),
    ("га", ("ги", "зі", "гу", "гою", "зі")),
    ("ха", ("хи", "сі", "ху", "хою", "сі")),
    ("а", ("и", "і", "у", "ою", "і")),
    ("ай", ("аю", "аю", "ай", "аєм", "аї")),
    ("й", ("я", "ю", "я", "єм", "ї")),
    ("їв", ("єва", "єву", "їв", "євом", "єві")),
    ("ь", ("я", "ю", "ь", "ем", "і")),
    ("ів", ("ова", "ову", "ів", "овом", "ові")),
    ("ати", ("атів", "атам", "ати", "атами", "атах")),
    ("и", ("", "ам", "и", "ами", "ах")),
    ("ін", ("іна", "іну", "іна", "іним", "іні")),
)
_POLISH: _Endings = (
    ("ski", ("skiego", "skiemu", "skiego", "skim", "skim")),
    ("cki", ("ckiego", "ckiemu", "ckiego", "ckim", "ckim")),
    ("ska", ("ski", "sce", "skę", "ską", "sce")),
    ("ia", ("ii", "ii", "ię", "ią", "ii")),
    ("ja", ("ji", "ji", "ję", "ją", "ji")),
    ("ka", ("ki", "ce", "kę", "ką", "ce")),
    ("ga", ("gi", "dze", "gę", "gą", "dze")),
    ("da", ("dy", "dzie", "dę", "dą", "dzie")),
    ("ta", ("ty", "cie", "tę", "tą", "cie")),
    ("wa", ("wy", "wie", "wę", "wą", "wie")),
    ("na", ("ny", "nie", "nę", "ną", "nie")),
    ("a", ("y", "ie", "ę", "ą", "ie")),
    ("mcy", ("miec", "mcom", "mcy", "mcami", "mczech")),
    ("y", ("", "om", "y", "ami", "ach")),
    ("k", ("ka", "kowi", "ka", "kiem", "ku")),
    ("g", ("ga", "gowi", "ga", "giem", "gu")),
    ("g", ("gu", "gowi", "g", "giem", "gu")),
    ("n", ("na", "nowi", "na", "nem", "nie")),
    ("n", ("nu", "nowi", "n", "nem", "nie")),
    ("t", ("ta", "towi", "ta", "tem", "cie")),
    ("t", ("tu", "towi", "t", "tem", "cie")),
    ("d", ("da", "dowi", "da", "dem", "dzie")),
    ("d", ("du", "dowi", "d", "dem", "dzie")),
)
_CZECH: _Endings = (
    ("ký", ("kého", "kému", "kého", "kým", "kém")),
    ("cko", ("cka", "cku", "cko", "ckem", "cku")),
    ("sko", ("ska", "sku", "sko", "skem", "sku")),
    ("o", ("a", "u", "o", "em", "u")),
    ("ie", ("ie", "ii", "ii", "ií", "ii")),
    ("ha", ("hy", "ze", "hu", "hou", "ze")),
    ("ka", ("ky", "ce", "ku", "kou", "ce")),
    ("a", ("y", "ě", "u", "ou", "ě")),
    ("y", ("", "ům", "y", "y", "ech")),
)
_ROMANIAN: _Endings = (("ia", ("iei",)), ("a", ("ei",)), ("ă", ("ei",)))
_GREEK: _Endings = (
    ("ος", ("ου", "ο")),
    ("ας", ("α",)),
    ("ης", ("η",)),
    ("ία", ("ίας",)),
    ("α", ("ας",)),
    ("ά", ("άς",)),
    ("η", ("ης",)),
    ("ό", ("ού",)),
    ("ο", ("ου",)),
)
_CONSONANTS: Mapping[str, Sequence[str]] = {
    "ru": ("а", "у", "а", "ом", "е"),
    "uk": ("у", "у", "а", "ом", "і"),
    "pl": ("a", "owi", "u", "em", "ie"),
    "cs": ("a", "ovi", "u", "em", "u"),
    "ro": ("ului",),
}
_TABLES: Mapping[str, _Endings] = {
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
    "pl": _POLISH,
    "cs": _CZECH,
    "ro": _ROMANIAN,
    "el": _GREEK,
}
_BY_LETTER = {
    language: {
        letter: [row for row in table if row[0][-1] == letter]
        for letter in {ending[-1] for ending, _ in table}
    }
    for language, table in _TABLES.items()
}
_VOWELS = frozenset("аеёиоуыэюяіїєaeiouyáéíóúýěůąęăâîòъ")
LANGUAGES = tuple(_TABLES)
"""The languages whose forms are made."""


def decline(name: str, language: str) -> set[str]:
    """Return the other case forms of a name, some of them perhaps in no one's use.

    A name of several words changes in all of them or, where one has no rule, in none.
    """
    if language not in _TABLES or len(name) < _SHORTEST:
        return set()
    forms = [_decline_word(word, language) for word in name.split(" ")]
    if not all(forms):
        return set()
    longest = max(map(len, forms))
    columns = (list(form) * (longest // len(form)) for form in forms)
    made = {" ".join(words) for words in zip(*columns, strict=False)}
    return {form for form in made if len(form) >= _SHORTEST} - {name}


def _decline_word(word: str, language: str) -> list[str]:
    """Return the forms of one word, case by case; none if there is no rule for it."""
    if not word[:1].isupper():
        return [word] * len(_TABLES[language][0][1])
    table = _BY_LETTER[language].get(word[-1], ())
    fitting = [ending for ending, _ in table if word.endswith(ending)]
    if fitting:
        return [
            word[: len(word) - len(ending)] + other
            for ending, others in table
            if ending == fitting[0]
            for other in others
        ]
    if word[-1].lower() in _VOWELS or not word[-1].islower():
        return []
    return [word + ending for ending in _CONSONANTS.get(language, ())]

"""The letters beyond ASCII of the languages in which news is written, the commonest first."""

from __future__ import annotations

import math
from collections import Counter

from attrs import frozen

_LATIN = (
    "üäößé",
    "éèàêçôîûâùïëœüæÿöäñ",
    "íóáéñúü",
    "ãçáéíóêõâúàôü",
    "èàùòìé",
    "ëéèïöóüêáçäí",
    "äåöéàüè",
    "øåæéöäóüèò",
    "äöåšž",
    "áðíóæöéúþý",
    "áðíøóæúý",
    "łęąóżśćńź",
    "íáéěřůčýžšúóťďň",
    "áíčéžšýľťúôňďäóŕĺ",
    "čšžćđ",
    "áéöóőíüúű",
    "ăîâșț",
    "ăîâşţ",
    "ëç",
    "ıüşğçöİâîû",
    "əıüşğçöİ",
    "ėšųįžąūčę",
    "āīēšņūļžčģķōŗ",
    "äõüöšž",
    "ħżġċàòèìù",
    "áíéóú",
    "àìòùè",
    "ŵâêôîŷûáïëéàöòóí",
    "ñùêâôûîü",
    "éàòèíçóúïü·",
    "ñçü",
    "óñíáéúü",
    "ĉĝŝŭĵĥ",
    "éäëöüêèô",
    "êîşçû",
    "áčŋšđŧž",
    "àđáạảếưộệốôướcấìnhờóịọủãểồớéợầíâậựúòăừứữêụởõẽèùễẹỏĩắặơổỗằửũỉýỳẻẳỹẫỷẩỡẵỵ\u0301\u0300\u0323\u0309\u0303",
)
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_CYRILLIC = (
    _RUSSIAN,
    "оанивтерсклудмпязьбгіийчхжшюцщїфєґ",
    "анаіреотсклдвумпязыўгьбчхцжйшюёэф",
    "аиоетнрсвдлкпмзгубъчжщцшхюяйфью",
    "аоиенрстјукдвмпзлбгчшћжцхњђљфџ",
    "аоитенрсвкдлпмујзбгчцшжхњќфљѓџѕ",
    "аеынтірлдқсокймбуғшзіпжгөүяңұхвцчәһфию",
    "аиорнтедмкулвшбсзҳфқпгӣҷёъӯғяхчжйцэю",
    "аэноулрдгийтсбхвөүжмчшзкяпыцьеёюф",
    "аенрдлтытсклокугймбәөүшпвязиыеңхҗһфцч",
)
_GREEK = "ατοιενσρκπμςυληγόθίάδέήύβφώχξζψωϊϋΐΰ"
_HEBREW = "יוהלאתרשבםמנעקדחפןטסגזכךצףץ" + "".join(map(chr, range(0x5B0, 0x5C8))) + "װױײ"
_ARABIC = (
    "اليمنورتبةعدفسهكقأحجشطصىخإذثزضغءئآظؤ\u064b\u064e\u064f\u0650\u0651\u0652\u0640",
    "ایردنهوتمشبکسلگپزعفقخجحطصآغضظئذثءأؤچژ\u200c",
    "ایرنکوہتسمےلدپبگجعفقحشھٹںئزخصچطڑضآذغثظڈؤءژ",
)
_THAI = "านรกอเงมยลวดทสตะปบคหแจพชใไขผธโถซภณศฉษฟญฐฆฎฬฮฏฝฤฌฑฒ" + "่้ิีัุูื์ำ็ๆ๊๋ฯึ"
_FOREIGN = math.log(600)


@frozen
class Alphabet:
    """How surprising each letter beyond ASCII is in one language."""

    surprises: dict[str, float]
    """-log of the probability of each letter, by its rank."""

    def weigh(self, counts: Counter[str]) -> float:
        """Return the sum of the surprises of small letters, by how often each occurs."""
        surprises = self.surprises
        return sum([number * surprises.get(letter, _FOREIGN) for letter, number in counts.items()])


def _order(letters: str) -> Alphabet:
    """Let frequency fall with rank, as Zipf has it."""
    ranks = {letter: rank for rank, letter in reversed(list(enumerate(letters, 2)))}
    total = sum(1 / rank for rank in ranks.values())
    return Alphabet({letter: math.log(rank * total) for letter, rank in ranks.items()})


_ALPHABETS = tuple(map(_order, (*_LATIN, *_CYRILLIC, _GREEK, _HEBREW, *_ARABIC, _THAI)))
_BY_LETTER = {
    letter: tuple(alphabet for alphabet in _ALPHABETS if letter in alphabet.surprises)
    for letter in {letter for alphabet in _ALPHABETS for letter in alphabet.surprises}
}


def weigh_letters(counts: Counter[str]) -> float:
    """Return the surprise of small letters in the language that they fit best, in nats.

    Only the languages that have the commonest of the letters are tried.
    """
    if not counts:
        return 0.0
    commonest = max(counts, key=counts.__getitem__)
    tried = _BY_LETTER.get(commonest, ())
    return min((alphabet.weigh(counts) for alphabet in tried), default=counts.total() * _FOREIGN)

"""Says whether a name found in a text is only a part of a longer name that is not known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from copydesk_entities.letters import is_hangul, is_unspaced

_WINDOW = 40
_WORD = r"[^\W\d_][\w.’'&]*"
_BEFORE = re.compile(rf"({_WORD})([ \u00a0\-–‑&]| & )$")
_AFTER = re.compile(r"(!?[\-–‑](?=\w)|[ \u00a0&]| & )((?:[^\W\d_]|(?<=-)\d)[\w’']*\.?)")
_OF = re.compile(
    r"([^\W\d_]{3,}) (?:of|of the|von|der|de|de la|du|des|d[’']|do|da|dos|del|di|della|van) ?$"
)
_COMPANY = re.compile(
    r",? (?:Inc|Corp|Ltd|Co|Corporation|Company|Limited|Incorporated|Group|Holdings?|LLC|PLC|plc|"
    r"AG|SE|GmbH|KG|N\.V|NV|B\.V|BV|S\.A|SA|SpA|S\.p\.A|AB|ASA|Oyj|A/S|S\.A\.U|Ltda)\b\.?"
)
_DOTS = ("·", "・", "•", "‧")
_SIGNS = (*_DOTS, "$", "€", "£", "¥")
_HAN_HEAD = re.compile(r"[东西南北内外新古大全小老前東內原旧舊汎泛]$")
_HAN_TAIL = re.compile(
    r"人(?!民|口|士|员|数|均)|語|语|籍|裔|洋|半岛|半島|大陆|大陸|内地|內地|教(?!授|育|师|練|练)|"
    r"(?:国家|國家)?[男女]?(?:队|隊|篮|籃|足|排|乒)(?!伍)|代表(?:队|隊)?|軍|军(?!事)|政府|帝国|帝國|"
    r"[海陆空陸]军|[海陸空]軍|国民党|國民黨|共产党|共産党|共產黨|劳动党|労働党|工党|自由党|民主党|"
    r"国务院|國務院|国会|國會|議会|议会|参议院|众议院|最高法院|国防部|外交部|财政部|商务部|司法部|"
    r"国防省|外務省|財務省|中央[银銀]行|[银銀]行|航空|电视台|广播公司|联邦储备|美联储|"
    r"克朗|比索|法郎|卢比|盾(?!牌)|第纳尔|里拉|杯|民法|宪法|刑法|足协|足協|田协|奥委会|奧委會|"
    r"[^\W\da-zA-Z的了在是和与及]{1,6}(?:委员会|委員會|協会|协会|協會|联盟|聯盟|連盟|有限公司|"
    r"株式会社|银行|銀行|大学|大學|学院|學院|研究所|研究院|基金会|财团|財団|新聞社|通讯社)"
)
_GENERATIONS = frozenset(("Jr", "Sr", "II", "III", "IV"))


class Context:
    """Knows the words that stand beside names."""

    def __init__(self) -> None:
        """Read the words from the package."""
        path = files("copydesk_entities") / "data" / "neighbours.toml"
        words = {
            name: frozenset(text.split())
            for name, text in tomllib.loads(path.read_text("utf-8")).items()
        }
        self._loose = words["titles"] | words["plain"]
        self._heads, self._offices, self._tails = words["heads"], words["offices"], words["tails"]

    def is_part(  # noqa: PLR0913 - a mention is all of these
        self,
        text: str,
        start: int,
        end: int,
        label: str,
        tongues: Sequence[str],
        *,
        is_form: bool = False,
    ) -> bool:
        """Say whether the neighbours of text[start:end] make it a part of a longer name.

        A capital beside a name joins the two where only names have capitals; in German, where all
        nouns have them, known words are needed, and so they are before a case form.
        """
        if text[start - 1 : start] in _DOTS or text[end : end + 1] in _SIGNS:
            return True
        if is_unspaced(text[end - 1]):
            return label == "PLACE" and _is_part_of_han(text, start, end)
        before = text[max(start - _WINDOW, 0) : start]
        is_german = tongues[:1] == ("de",)
        name = text[start:end]
        return self._goes_before(name, before, label, is_loose=is_german or is_form) or (
            name[0].isupper() and self._goes_on(name, text, end, label, is_german=is_german)
        )

    def _goes_on(self, name: str, text: str, end: int, label: str, *, is_german: bool) -> bool:
        """Say whether a word follows that belongs to the name."""
        found = _AFTER.match(text, end)
        if not found:
            return False
        mark, word = found.groups()
        bare = word.rstrip(".")
        if mark.strip() not in ("", "&"):
            return not word[0].islower() or is_german
        if not word[0].isupper():
            return False
        if label == "PERSON" and " " in name:
            return bare in _GENERATIONS
        if bare.lower() in self._tails:
            return True
        is_acronym = bare.rstrip("s").isupper() or name.isupper()
        return not (is_german or is_acronym or bare.lower() in self._loose)

    def _goes_before(self, name: str, before: str, label: str, *, is_loose: bool) -> bool:
        """Say whether a word stands before that belongs to the name."""
        of = _OF.search(before) if label == "PLACE" else None
        if of and of[1][0].isupper() and of[1].lower() in self._offices:
            return True
        found = _BEFORE.search(before)
        if not found:
            return False
        word, mark = found.groups()
        bare = word.rstrip(".").lower()
        if mark.strip():
            return word[0].isupper()
        if bare in self._heads and not word[0].islower() and not word.endswith("."):
            return label == "PLACE"
        if not word[0].isupper() or word.isupper() or is_loose or bare in self._loose:
            return False
        is_owner = bare.endswith(("'s", "’s", "s'", "s’"))
        return not is_owner and not (label == "PERSON" and " " in name)


def with_company_form(text: str, end: int) -> int:
    """Return the end of an organisation's name with `Inc.` and the like taken in."""
    found = _COMPANY.match(text, end)
    return found.end() if found else end


def _is_part_of_han(text: str, start: int, end: int) -> bool:
    if is_hangul(text[start]):
        return False
    return bool(_HAN_TAIL.match(text, end) or _HAN_HEAD.search(text, max(start - 1, 0), start))

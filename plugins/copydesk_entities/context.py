"""Says whether a name found in a text is only a part of a longer name that is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk_entities.lexicon import is_unspaced

_WINDOW = 40
_BEFORE = re.compile(r"([^\W\d_][\w.’'&]*)([ \u00a0\-–‑&/]| [&] )$")
_AFTER = re.compile(r"(!?[\-–‑](?=\w)|[ \u00a0&]| [&] )((?:[^\W\d_]|(?<=-)\d)[\w’']*\.?)")
_COMPANY = re.compile(
    r",? (?:Inc|Corp|Ltd|Co|Corporation|Company|Limited|Incorporated|Group|Holdings?|LLC|PLC|plc|"
    r"AG|SE|GmbH|KG|N\.V|NV|B\.V|BV|S\.A|SA|SpA|S\.p\.A|AB|ASA|Oyj|A/S|S\.A\.U|Ltda)\b\.?"
)
_DOTS = ("·", "・", "•", "‧")
_SIGNS = (*_DOTS, "$", "€", "£", "¥")
_HAN_TAIL = re.compile(
    r"人(?!民|口|士|员|数|均)|語|语|籍|裔|洋|半岛|半島|大陆|大陸|内地|內地|教(?!授|育|师|練|练)|"
    r"(?:国家|國家)?[男女]?(?:队|隊|篮|籃|足|排|乒)(?!伍)|代表(?:队|隊)?|軍|军(?!事)|政府|帝国|帝國|"
    r"[海陆空陸]军|[海陸空]軍|国民党|國民黨|共产党|共産党|共產黨|劳动党|労働党|工党|自由党|民主党|"
    r"国务院|國務院|国会|國會|議会|议会|参议院|众议院|最高法院|国防部|外交部|财政部|商务部|司法部|"
    r"国防省|外務省|財務省|中央[银銀]行|[银銀]行|航空|电视台|广播公司|联邦储备|美联储|"
    r"克朗|比索|法郎|卢比|盾(?!牌)|第纳尔|里拉|杯|民法|宪法|刑法|"
    r"足协|足協|田协|奥委会|奧委會|"
    r"[^\W\da-zA-Z的了在是和与及、，。]{1,6}(?:委员会|委員會|協会|协会|協會|联盟|聯盟|連盟|有限公司|株式会社|"
    r"银行|銀行|大学|大學|学院|學院|研究所|研究院|基金会|财团|財団|新聞社|通讯社)"
)
_HAN_HEAD = re.compile(r"[东西南北内外新古大全小老前東內原旧舊汎泛]$")
_TITLES = frozenset(
    """president prime minister chancellor premier king queen prince princess pope senator sen gov
    governor secretary ambassador judge justice mayor general gen colonel captain sergeant rep
    congressman congresswoman director chairman chairwoman chief boss founder co-founder owner
    billionaire entrepreneur ceo cfo coo mr mrs ms miss dr prof sir lord lady dame sheikh ayatollah
    vice deputy former ex foreign finance defense defence interior treasury attorney justice
    press spokesman spokeswoman spokesperson officials official police army forces troops
    monsieur madame m mme mlle maître président présidente premier ministre roi reine
    herr frau señor señora don doña presidente presidenta senhor senhora signor signora
    herra meneer mevrouw pan pani domnul doamna начальник президент премьер глава
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """.split()
)
_CLUBS = """
fc afc cf ac as sc sv fsv tsv tsg vfl vfb psv cska ssc us sporting real atlético atletico athletic inter
dynamo dinamo spartak zenit lokomotive lokomotiv roter red nacional racing olympique stade borussia hertha
eintracht fortuna bayer werder corinthians palmeiras galatasaray panathinaikos benfica chelsea air radio
tu th fh uni universität hotel bundesrepublik volksrepublik großherzogtum königreich fürstentum
"""
_OFFICES = """
university universität universidad universidade université università universiteit bank banco banque banca
bolsa taça copa coupe copa cup câmara estado república republic république kingdom königreich reino gulf
golfe golfo strait faixa ilha isla île island museum museu museo musée church cathedral archdiocese bishop
archbishop battle treaty council consulado consulate duke prince princess earl count countess duchess tour
giro ronde académie academy college society institute institut instituto clube sporting school port cape
bay lake mount statue tower supreme court bezirk landkreis kreis erzbistum bistum nationalbank
"""
_COMPOUNDS = """
city county times post stock exchange airlines airways university united hotel institute college museum
bulls lakers knicks bears cubs angels clippers raptors nuggets pistons kings wings mets yankees rangers
jets giants open masters marathon grand prix telegraph telegram herald tribune news line street road
avenue park square airport station bridge tower symphony philharmonic opera philharmoniker symphoniker
convention protocol treaty accord agreement bank group company council court islands river sea
saint-germain marines army navy force military department senate congress saint windows office cloud maps play watch rainforest
"""
_HEADS = frozenset(_CLUBS.split())
_OF_HEADS = frozenset(_OFFICES.split())
_TAILS = frozenset(_COMPOUNDS.split())
_OF = re.compile(
    r"([^\W\d_]{3,}) (?:of|of the|von|der|de|de la|du|des|d[’']|do|da|dos|del|di|della|van|van de) ?$"
)
_ARABIC_HEADS = frozenset(
    "ريال أتلتيكو اتلتيكو سسكا دينامو ستيوا فيردر هرتا أسيك أس نادي جامعة بحر طيران مستشفى فندق".split()
)
_LAST_WORD = re.compile(r"([^\W\d_]+) $")
_PLAIN = frozenset(
    """yet still also so then thus however meanwhile today yesterday tomorrow now here there only even
    perhaps according because although though once later earlier where most many some all each every
    a an the in on at of to for from by with and or but as if when while after before since until
    during against between under over about into through across via than that this these those
    is are was were has have had will would could should can may it its his her their our your he
    she they we i you not no yes both like unlike despite amid within without why how what who where
    der die das den dem des ein eine einen einem einer im in am an auf aus bei mit nach von vom vor zu
    zum zur für gegen über unter durch um ohne seit bis und oder aber wie als wenn weil dass auch
    le la les l un une des du de d en au aux à dans par pour sur sous avec sans chez vers depuis
    et ou mais que qui quand si comme selon après avant pendant entre contre malgré
    el los las lo una unos al del y e o u pero con sin desde hasta según tras ante bajo sobre
    os as um uma no na nos nas ao aos à às do da dos das pelo pela pelos pelas com sem em até após
    il i gli lo della dello dei degli delle nel nella nei negli nelle al alla dal dalla sul sulla con
    per tra fra che ed come secondo dopo prima durante
    de het een van voor met op uit door naar bij tegen over te ten ter en maar dat
    och i på av för med till från mot om att som när den det ett
    w we z ze na do od po za przez dla o u przy nad pod przed między i a ale
    v ve z ze s se k ke na do od po za pro o u při nad pod před mezi
    în la din pe cu fără pentru prin despre către și sau dar
    в во на с со из к ко у о об от до за по под над при про для без между через и а но или что как
    у в на з із зі до від за по під над при про для без між через і й та або але що як
    σε στο στη στην στον στα στις από για με και ή αλλά του της των το η ο οι τα τη την τον
    """.split()
)


def is_part(text: str, start: int, end: int, label: str, tongues: Sequence[str]) -> bool:
    """Say whether the neighbours of text[start:end] make it a part of a longer name."""
    if text[start - 1 : start] in _DOTS or text[end : end + 1] in _SIGNS:
        return True
    if is_unspaced(text[end - 1]):
        return label == "PLACE" and _is_part_of_han(text, start, end)
    before = text[max(start - _WINDOW, 0) : start]
    if not text[start].isupper():
        return label == "PLACE" and _last_word(before) in _ARABIC_HEADS
    is_german = bool(tongues) and tongues[0] == "de"
    name = text[start:end]
    return _goes_on(name, text, end, label, is_german=is_german) or _goes_before(
        name, before, label, is_german=is_german
    )


def with_company_form(text: str, end: int) -> int:
    """Return the end of an organisation's name with `Inc.` and the like taken in."""
    found = _COMPANY.match(text, end)
    return found.end() if found else end


def _is_part_of_han(text: str, start: int, end: int) -> bool:
    if "\uac00" <= text[start] <= "\ud7a3":
        return False
    return bool(_HAN_TAIL.match(text, end) or _HAN_HEAD.search(text, max(start - 1, 0), start))


def _goes_on(name: str, text: str, end: int, label: str, *, is_german: bool) -> bool:
    """Say whether a capitalised word follows that belongs to the name."""
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
        return bare in ("Jr", "Sr", "II", "III", "IV")
    if bare.lower() in _TAILS:
        return True
    if bare.lower() in _TITLES | _PLAIN or bare.rstrip("s").isupper() or name.isupper():
        return False
    return not is_german


def _goes_before(name: str, before: str, label: str, *, is_german: bool) -> bool:
    """Say whether a capitalised word stands before that belongs to the name."""
    of = _OF.search(before)
    if of and label == "PLACE" and of[1][0].isupper() and of[1].lower() in _OF_HEADS:
        return True
    found = _BEFORE.search(before)
    if not found:
        return False
    word, mark = found.groups()
    if mark.strip():
        return mark.strip() != "/" and word[0].isupper()
    plain = word.rstrip(".").lower()
    if word[0].isupper() and plain in _HEADS and not word.endswith("."):
        return True
    if not word[0].isupper() or word.isupper() or plain in _PLAIN | _TITLES:
        return False
    if is_german or plain.endswith(("'s", "’s", "s'", "s’")) or (label == "PERSON" and " " in name):
        return False
    return True


def _last_word(before: str) -> str:
    found = _LAST_WORD.search(before)
    return found[1] if found else ""

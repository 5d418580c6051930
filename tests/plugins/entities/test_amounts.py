"""Tests of `entities.amounts`: what is read in each language, and where it is."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Document, Encoding, Entity, Item, Language, LanguageSpan, Value
from copydesk_entities.amounts import Amounts
from copydesk_entities.options import AmountsOptions as Options
from copydesk_entities.tongues import NEWS

SEEDS = Path(__file__).parents[3] / "seeds"
STEP = Amounts(Options())
_MONEY = [
    ("en", "It raised $13.7 billion in cash.", "$13.7 billion", 13_700_000_000, "USD"),
    ("en", "They paid £5m for it.", "£5m", 5_000_000, "GBP"),
    ("en", "A fine of €1,250.50 was due.", "€1,250.50", 1250.5, "EUR"),
    ("en", "They spent 20 million euros.", "20 million euros", 20_000_000, "EUR"),
    ("en", "The fund holds US$2.5bn.", "US$2.5bn", 2_500_000_000, "USD"),
    ("en", "It cost C$300.", "C$300", 300, "CAD"),
    ("en", "a 6-billion-dollar deal", "6-billion-dollar", 6_000_000_000, "USD"),
    ("en", "worth 3 trillion yen", "3 trillion yen", 3_000_000_000_000, "JPY"),
    ("en", "about USD 500 a year", "USD 500", 500, "USD"),
    ("en", "500 USD a year", "500 USD", 500, "USD"),
    ("en", "Rs 5,00,000 crore", "Rs 5,00,000 crore", 5_000_000_000_000, "INR"),
    ("zh", "融资60亿美元。", "60亿美元", 6_000_000_000, "USD"),
    ("zh", "融资 60 亿美元。", "60 亿美元", 6_000_000_000, "USD"),
    ("zh", "投资1.5万亿元人民币", "1.5万亿元人民币", 1_500_000_000_000, "CNY"),
    ("zh", "罚款3000元", "3000元", 3_000, "CNY"),
    ("zh", "约100多亿美元", "100多亿美元", 10_000_000_000, "USD"),
    ("zh", "卖了1亿2000万日元", "1亿2000万日元", 120_000_000, "JPY"),
    ("zh", "三千万美元", "三千万美元", 30_000_000, "USD"),
    ("zh", "一百二十亿欧元", "一百二十亿欧元", 12_000_000_000, "EUR"),
    ("fr", "un minimum de 77 593 $.", "77 593 $", 77_593, "USD"),
    ("fr", "un minimum de 77\xa0593\xa0$.", "77\xa0593\xa0$", 77_593, "USD"),
    ("fr", "un minimum de 77\u202f593\u202f$.", "77\u202f593\u202f$", 77_593, "USD"),
    ("fr", "12 milliards de dollars", "12 milliards de dollars", 12_000_000_000, "USD"),
    ("fr", "13,7 milliards d’euros", "13,7 milliards d’euros", 13_700_000_000, "EUR"),
    ("fr", "3,5 M€ de pertes", "3,5 M€", 3_500_000, "EUR"),
    ("fr", "2 Md€ de dette", "2 Md€", 2_000_000_000, "EUR"),
    ("fr", "5 000 francs suisses", "5 000 francs suisses", 5_000, "CHF"),
    ("de", "20 Milliarden US-Dollar", "20 Milliarden US-Dollar", 20_000_000_000, "USD"),
    ("de", "1,2 Mrd. Euro", "1,2 Mrd. Euro", 1_200_000_000, "EUR"),
    ("de", "rund 3,5 Mio. €", "3,5 Mio. €", 3_500_000, "EUR"),
    ("de", "für 1.250,50 Euro", "1.250,50 Euro", 1250.5, "EUR"),
    ("de", "das 12-Milliarden-Euro-Paket", "12-Milliarden-Euro", 12_000_000_000, "EUR"),
    ("ar", "6 مليارات دولار من", "6 مليارات دولار", 6_000_000_000, "USD"),
    ("ar", "٦ مليارات دولار من", "٦ مليارات دولار", 6_000_000_000, "USD"),
    ("ar", "بقيمة 800 مليون دولار أمريكي في", "800 مليون دولار أمريكي", 800_000_000, "USD"),
    ("ar", "نحو 50 ألف يورو", "50 ألف يورو", 50_000, "EUR"),
    ("es", "12.000 millones de dólares", "12.000 millones de dólares", 12_000_000_000, "USD"),
    ("es", "3 mil millones de euros", "3 mil millones de euros", 3_000_000_000, "EUR"),
    ("pt", "R$ 2,5 milhões", "R$ 2,5 milhões", 2_500_000, "BRL"),
    ("pt", "12 bilhões de dólares", "12 bilhões de dólares", 12_000_000_000, "USD"),
    ("pt", "3 mil milhões de euros", "3 mil milhões de euros", 3_000_000_000, "EUR"),
    ("pt", "US$ 6,9 bilhões", "US$ 6,9 bilhões", 6_900_000_000, "USD"),
    ("it", "12 miliardi di dollari", "12 miliardi di dollari", 12_000_000_000, "USD"),
    ("it", "1,5 milioni di euro", "1,5 milioni di euro", 1_500_000, "EUR"),
    ("ru", "12 миллиардов долларов США", "12 миллиардов долларов США", 12_000_000_000, "USD"),
    ("ru", "6 млрд долларов", "6 млрд долларов", 6_000_000_000, "USD"),
    ("ru", "500 тыс. рублей", "500 тыс. рублей", 500_000, "RUB"),
    ("ja", "60億ドルを調達", "60億ドル", 6_000_000_000, "USD"),
    ("ja", "1兆2000億円の", "1兆2000億円", 1_200_000_000_000, "JPY"),
    ("ja", "3万5千円の", "3万5千円", 35_000, "JPY"),
    ("ko", "60억 달러를 투자", "60억 달러", 6_000_000_000, "USD"),
    ("ko", "1조 2000억원을", "1조 2000억원", 1_200_000_000_000, "KRW"),
    ("ko", "3만5000원을", "3만5000원", 35_000, "KRW"),
    ("hi", "6 अरब डॉलर", "6 अरब डॉलर", 6_000_000_000, "USD"),
    ("hi", "₹500 करोड़", "₹500 करोड़", 5_000_000_000, "INR"),
    ("hi", "5 लाख रुपये", "5 लाख रुपये", 500_000, "INR"),
    ("fa", "۶ میلیارد دلار", "۶ میلیارد دلار", 6_000_000_000, "USD"),
    ("tr", "6 milyar dolar", "6 milyar dolar", 6_000_000_000, "USD"),
    ("tr", "500 bin TL", "500 bin TL", 500_000, "TRY"),
    ("tr", "₺1.250,50", "₺1.250,50", 1250.5, "TRY"),
    ("id", "6 miliar dolar AS", "6 miliar dolar AS", 6_000_000_000, "USD"),
    ("id", "Rp 500 juta", "Rp 500 juta", 500_000_000, "IDR"),
    ("vi", "6 tỷ đô la", "6 tỷ đô la", 6_000_000_000, "USD"),
    ("vi", "500 triệu đồng", "500 triệu đồng", 500_000_000, "VND"),
    ("nl", "6 miljard dollar", "6 miljard dollar", 6_000_000_000, "USD"),
    ("nl", "€ 1.250,50", "€ 1.250,50", 1250.5, "EUR"),
    ("pl", "6 miliardów dolarów", "6 miliardów dolarów", 6_000_000_000, "USD"),
    ("pl", "500 tys. zł", "500 tys. zł", 500_000, "PLN"),
    ("sv", "6 miljarder dollar", "6 miljarder dollar", 6_000_000_000, "USD"),
    ("sv", "500 kronor", "500 kronor", 500, "SEK"),
    ("sv", "1 250 kr", "1 250 kr", 1_250, "SEK"),
    ("uk", "6 мільярдів доларів", "6 мільярдів доларів", 6_000_000_000, "USD"),
    ("uk", "500 гривень", "500 гривень", 500, "UAH"),
    ("he", "6 מיליארד דולר", "6 מיליארד דולר", 6_000_000_000, "USD"),
    ("he", "500 שקלים", "500 שקלים", 500, "ILS"),
    ("el", "6 δισεκατομμύρια δολάρια", "6 δισεκατομμύρια δολάρια", 6_000_000_000, "USD"),
    ("el", "500 ευρώ", "500 ευρώ", 500, "EUR"),
    ("cs", "6 miliard dolarů", "6 miliard dolarů", 6_000_000_000, "USD"),
    ("cs", "500 korun", "500 korun", 500, "CZK"),
    ("ro", "6 miliarde de dolari", "6 miliarde de dolari", 6_000_000_000, "USD"),
    ("ro", "500 de lei", "500 de lei", 500, "RON"),
    ("th", "6 พันล้านดอลลาร์", "6 พันล้านดอลลาร์", 6_000_000_000, "USD"),
    ("th", "500 บาท", "500 บาท", 500, "THB"),
]
_PERCENT = [
    ("en", "up 25 percent", "25 percent", 25),
    ("en", "up 25% now", "25%", 25),
    ("en", "fell by 0.5 per cent", "0.5 per cent", 0.5),
    ("zh", "增长25%", "25%", 25),
    ("zh", "增长百分之二十五", "百分之二十五", 25),
    ("zh", "增长百分之25", "百分之25", 25),
    ("fr", "une hausse de 25 %", "25 %", 25),
    ("fr", "une hausse de 2,5 pour cent", "2,5 pour cent", 2.5),
    ("de", "um 25 Prozent", "25 Prozent", 25),
    ("de", "um 2,5 % höher", "2,5 %", 2.5),
    ("ar", "بنسبة 25% في", "25%", 25),
    ("ar", "بنسبة ٢٥٪ في", "٢٥٪", 25),
    ("ar", "بنسبة 25 في المئة", "25 في المئة", 25),
    ("es", "un 25 por ciento", "25 por ciento", 25),
    ("es", "un 2,5% más", "2,5%", 2.5),
    ("pt", "cerca de 25 por cento", "25 por cento", 25),
    ("it", "il 25 per cento", "25 per cento", 25),
    ("it", "il 25% dei", "25%", 25),
    ("ru", "на 25 процентов", "25 процентов", 25),
    ("ru", "на 2,5 % больше", "2,5 %", 2.5),
    ("ja", "25%増", "25%", 25),
    ("ja", "25パーセント増", "25パーセント", 25),
    ("ko", "25% 늘었다", "25%", 25),
    ("ko", "25퍼센트", "25퍼센트", 25),
    ("hi", "२५ प्रतिशत", "२५ प्रतिशत", 25),
    ("hi", "25 फीसदी", "25 फीसदी", 25),
    ("fa", "۲۵ درصد", "۲۵ درصد", 25),
    ("tr", "yüzde 25 arttı", "yüzde 25", 25),
    ("tr", "%25 arttı", "%25", 25),
    ("id", "25 persen", "25 persen", 25),
    ("vi", "25 phần trăm", "25 phần trăm", 25),
    ("nl", "25 procent", "25 procent", 25),
    ("pl", "25 procent", "25 procent", 25),
    ("pl", "25 proc. więcej", "25 proc.", 25),
    ("sv", "25 procent", "25 procent", 25),
    ("uk", "25 відсотків", "25 відсотків", 25),
    ("he", "25 אחוזים", "25 אחוזים", 25),
    ("el", "25%", "25%", 25),
    ("el", "25 τοις εκατό", "25 τοις εκατό", 25),
    ("cs", "25 procent", "25 procent", 25),
    ("ro", "25 la sută", "25 la sută", 25),
    ("th", "ร้อยละ 25", "ร้อยละ 25", 25),
    ("th", "25 เปอร์เซ็นต์", "25 เปอร์เซ็นต์", 25),
]
_DATE = [
    ("en", "On March 5, 2023, it", "March 5, 2023", "2023-03-05"),
    ("en", "on 5 March 2023 it", "5 March 2023", "2023-03-05"),
    ("en", "in March 2023 it", "March 2023", "2023-03"),
    ("en", "on Dec. 24th it", "Dec. 24th", "--12-24"),
    ("en", "on Sept. 11, 2001", "Sept. 11, 2001", "2001-09-11"),
    ("en", "since 2018 it", "2018", "2018"),
    ("en", "on 2024-03-05 it", "2024-03-05", "2024-03-05"),
    ("en", "on the 3rd of May 2020", "3rd of May 2020", "2020-05-03"),
    ("zh", "2024年3月5日发布", "2024年3月5日", "2024-03-05"),
    ("zh", "2024年3月发布", "2024年3月", "2024-03"),
    ("zh", "4月12日发布", "4月12日", "--04-12"),
    ("zh", "2015年成立", "2015年", "2015"),
    ("zh", "二〇二四年三月", "二〇二四年三月", "2024-03"),
    ("fr", "en mars 2023", "mars 2023", "2023-03"),
    ("fr", "le 1er janvier 2024", "1er janvier 2024", "2024-01-01"),
    ("fr", "le 14 juillet", "14 juillet", "--07-14"),
    ("de", "am 5. März 2024", "5. März 2024", "2024-03-05"),
    ("de", "am 05.03.2024", "05.03.2024", "2024-03-05"),
    ("de", "im November 2023", "November 2023", "2023-11"),
    ("ar", "في 5 مارس 2023 قال", "5 مارس 2023", "2023-03-05"),
    ("ar", "في مارس 2023 قال", "مارس 2023", "2023-03"),
    ("ar", "في 7 تشرين الأول 2023", "7 تشرين الأول 2023", "2023-10-07"),
    ("ar", "في عام 2018 قال", "2018", "2018"),
    ("es", "el 5 de marzo de 2024", "5 de marzo de 2024", "2024-03-05"),
    ("es", "en noviembre de 2023", "noviembre de 2023", "2023-11"),
    ("pt", "em 5 de março de 2024", "5 de março de 2024", "2024-03-05"),
    ("it", "il 5 marzo 2024", "5 marzo 2024", "2024-03-05"),
    ("ru", "5 марта 2024 года", "5 марта 2024", "2024-03-05"),
    ("ru", "в марте 2023 года", "марте 2023", "2023-03"),
    ("ru", "в 2023 году", "2023", "2023"),
    ("ja", "2024年3月5日に", "2024年3月5日", "2024-03-05"),
    ("ja", "令和6年3月に", "令和6年3月", "2024-03"),
    ("ko", "2024년 3월 5일에", "2024년 3월 5일", "2024-03-05"),
    ("ko", "3월 5일에", "3월 5일", "--03-05"),
    ("hi", "5 मार्च 2024 को", "5 मार्च 2024", "2024-03-05"),
    ("fa", "۵ مارس ۲۰۲۴", "۵ مارس ۲۰۲۴", "2024-03-05"),
    ("tr", "5 Mart 2024'te", "5 Mart 2024", "2024-03-05"),
    ("tr", "2023 yılında", "2023", "2023"),
    ("id", "5 Maret 2024", "5 Maret 2024", "2024-03-05"),
    ("vi", "ngày 5 tháng 3 năm 2024", "5 tháng 3 năm 2024", "2024-03-05"),
    ("vi", "tháng 3 năm 2024", "tháng 3 năm 2024", "2024-03"),
    ("nl", "5 maart 2024", "5 maart 2024", "2024-03-05"),
    ("pl", "5 marca 2024 roku", "5 marca 2024", "2024-03-05"),
    ("sv", "den 5 mars 2024", "5 mars 2024", "2024-03-05"),
    ("uk", "5 березня 2024 року", "5 березня 2024", "2024-03-05"),
    ("he", "ב-5 במרץ 2024", "5 במרץ 2024", "2024-03-05"),
    ("el", "5 Μαρτίου 2024", "5 Μαρτίου 2024", "2024-03-05"),
    ("cs", "5. března 2024", "5. března 2024", "2024-03-05"),
    ("ro", "5 martie 2024", "5 martie 2024", "2024-03-05"),
    ("th", "5 มีนาคม 2567", "5 มีนาคม 2567", "2024-03-05"),
    ("th", "5 มีนาคม พ.ศ. 2567", "5 มีนาคม พ.ศ. 2567", "2024-03-05"),
]
_NUMBER = [
    ("en", "100,000 homes", "100,000", 100_000),
    ("zh", "2.5万张", "2.5万", 25_000),
    ("fr", "13,7 milliards", "13,7 milliards", 13_700_000_000),
    ("de", "600 Millionen Nutzer", "600 Millionen", 600_000_000),
    ("de", "1.234.567 Menschen", "1.234.567", 1_234_567),
]
_PIECES = st.sampled_from(
    [
        *"0123456789.,-–%$€£¥ \u00a0\u202f\n:/()'’٫٬٪",
        *"٣۵२",
        *"年月日亿万千百元一二三百分之",
        *[
            "US",
            "$",
            "USD ",
            " million",
            " Mrd.",
            " dollars",
            " de",
            " March ",
            "May ",
            " 2024",
            "th",
        ],
        *["조 ", "억", "원", "천", "만", " तक ", " रुपये", "%25", "yüzde ", "令和", "İ", "́", "kr"],
    ]
)


def read(text: str, language: str | None = None) -> tuple[Entity, ...]:
    """Return the amounts of a text."""
    document = Document(Item("a.txt")).decoded(text, Encoding("utf-8", "utf-8"))
    if language:
        document = evolve(document, language=Language(language))
    return STEP.process(document).entities


def only(text: str, language: str | None = None) -> tuple[str, str, Value | None]:
    """Return text, label and value of the one amount of a text."""
    (entity,) = read(text, language)
    return entity.text, entity.label, entity.value


@pytest.mark.parametrize(("language", "text", "surface", "number", "currency"), _MONEY)
def test_money(language: str, text: str, surface: str, number: float, currency: str) -> None:
    """Money is read with its number and its currency, as each language writes it."""
    assert (surface, "MONEY", Value(number, currency)) == only(text, language)


@pytest.mark.parametrize(("language", "text", "surface", "number"), _PERCENT)
def test_percent(language: str, text: str, surface: str, number: float) -> None:
    """Percentages are read with signs and words, before or after the number."""
    assert (surface, "PERCENT", Value(number, unit="percent")) == only(text, language)


@pytest.mark.parametrize(("language", "text", "surface", "date"), _DATE)
def test_date(language: str, text: str, surface: str, date: str) -> None:
    """Dates are read to the precision that they are written with."""
    assert (surface, "DATE", Value(date=date)) == only(text, language)


@pytest.mark.parametrize(("language", "text", "surface", "number"), _NUMBER)
def test_number(language: str, text: str, surface: str, number: float) -> None:
    """Numbers without a unit are read with their separators and words of scale."""
    assert (surface, "NUMBER", Value(number)) == only(text, language)


@pytest.mark.parametrize("table", [_MONEY, _PERCENT, _DATE])
def test_every_news_language_has_an_example(table: list[tuple[str, ...]]) -> None:
    """Each of the 25 news languages is tried with money, a percentage and a date."""
    assert NEWS == {row[0] for row in table}


@pytest.mark.parametrize(
    "text",
    [
        "The H100 and GPT-4 run v1.2.3 at 10.0.0.1.",
        "In November it rained, and it may rain at 12:30.",
        "The 3rd time in RFC2616.",
        "Call 555-123-4567 or see http://a.b/c%20d.",
        "一些人三三两两,第3条,一元化",
    ],
)
def test_no_amounts(text: str) -> None:
    """Codes, versions, times, telephone numbers, ordinals and bare months are no amounts."""
    assert () == read(text, "en")


@pytest.mark.parametrize(
    ("name", "language", "surface", "value"),
    [
        ("000", "zh", "$77,593", Value(77593, "USD")),
        ("000", "zh", "77,593 美元", Value(77593, "USD")),
        ("000", "zh", "60 亿美元", Value(6_000_000_000, "USD")),
        ("000", "zh", "$13.7 billion", Value(13_700_000_000, "USD")),
        ("000", "zh", "25%", Value(25, unit="percent")),
        ("000", "zh", "March 2023", Value(date="2023-03")),
        ("000", "zh", "2023 年 3 月", Value(date="2023-03")),
        ("000", "zh", "100,000", Value(100_000)),
        ("001", "zh", "60亿美元", Value(6_000_000_000, "USD")),
        ("001", "zh", "200亿元", Value(20_000_000_000, "CNY")),
        ("001", "zh", "百亿美金", Value(10_000_000_000, "USD")),
        ("001", "zh", "2.5万", Value(25_000)),
        ("001", "zh", "2024年3月", Value(date="2024-03")),
        ("001", "zh", "4月12日", Value(date="--04-12")),
        ("002", "fr", "77 593 $", Value(77593, "USD")),
        ("002", "fr", "12 milliards de dollars", Value(12_000_000_000, "USD")),
        ("002", "fr", "13,7 milliards de dollars", Value(13_700_000_000, "USD")),
        ("002", "fr", "mars 2023", Value(date="2023-03")),
        ("003", "de", "20 Milliarden US-Dollar", Value(20_000_000_000, "USD")),
        ("003", "de", "600 Millionen", Value(600_000_000)),
        ("004", "ar", "6 مليارات دولار", Value(6_000_000_000, "USD")),
        ("004", "ar", "800 مليون دولار", Value(800_000_000, "USD")),
        ("004", "ar", "2018", Value(date="2018")),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_seeds(name: str, language: str, surface: str, value: Value, *, is_known: bool) -> None:
    """The amounts of the seed articles are read, also where the language is not known."""
    (path,) = SEEDS.glob(f"{name}_*.txt")

    found = read(path.read_text("utf-8"), language if is_known else None)

    assert (surface, value) in [(entity.text, entity.value) for entity in found]


def test_each_part_of_a_bilingual_text_has_its_own_marks() -> None:
    """The same characters are 2.5 thousand in English and two and a half in German."""
    english, german = "It has 2,500 seats. ", "Es wiegt 2,500 Kilo."
    spans = (LanguageSpan(0, 20, "en"), LanguageSpan(20, 40, "de"))
    document = Document(Item("a")).decoded(english + german, Encoding("utf-8", "utf-8"))

    entities = STEP.process(evolve(document, languages=spans)).entities

    assert [Value(2500), Value(2.5)] == [entity.value for entity in entities]


def test_billion_is_a_thousand_times_more_in_french() -> None:
    """A word of scale has the meaning that it has in the language of its place."""
    assert Value(2_000_000_000, "USD") == only("$2 billion", "en")[2]
    assert Value(2_000_000_000_000, "EUR") == only("2 billions d'euros", "fr")[2]


@pytest.mark.parametrize(
    ("language", "text", "currency"),
    [
        ("en", "$5", "USD"),
        ("en-AU", "$5", "AUD"),
        ("en-AU", "5 dollars", "AUD"),
        ("en-AU", "US$5", "USD"),
        ("es-MX", "$500", "MXN"),
        ("en", "$5 CAD", "CAD"),
        ("fr", "5 000 $ CA", "CAD"),
        ("ja", "¥500", "JPY"),
        ("zh", "¥500", "CNY"),
        ("sv", "500 kr", "SEK"),
        ("no", "500 kr", "NOK"),
    ],
)
def test_ambiguous_signs(language: str, text: str, currency: str) -> None:
    """A sign that several currencies share is read by what stands beside it and by the language."""
    value = only(text, language)[2]

    assert value is not None
    assert currency == value.currency


def test_a_name_that_many_currencies_share_is_kept_as_the_unit() -> None:
    """Pesos of no known country are money without a currency code."""
    assert ("500 pesos", "MONEY", Value(500, unit="peso")) == only("500 pesos", "es")


def test_ranges_share_their_unit() -> None:
    """Both numbers of a range have its scale and its currency, or its per cent."""
    assert [Value(10_000_000_000, "USD"), Value(15_000_000_000, "USD")] == [
        entity.value for entity in read("$10-15 billion", "en")
    ]
    assert [Value(3, "EUR"), Value(4, "EUR")] == [
        entity.value for entity in read("3–4 euros", "en")
    ]
    assert [Value(5, unit="percent"), Value(10, unit="percent")] == [
        entity.value for entity in read("5-10 %", "en")
    ]
    assert [Value(date="2019"), Value(date="2021")] == [
        entity.value for entity in read("2019-2021", "en")
    ]


def test_a_minus_sign_counts_only_by_itself() -> None:
    """`-5%` is negative; a hyphen after a word is not."""
    assert Value(-5, unit="percent") == only("fell -5%", "en")[2]
    assert Value(-3.2, unit="percent") == only("(−3.2%)", "en")[2]
    assert Value(-5, "USD") == only("a -$5 fee", "en")[2]


def test_letters_that_stand_apart_are_no_scale() -> None:
    """`$5 T-shirts` cost five dollars, not five trillion."""
    assert ("$5", "MONEY", Value(5, "USD")) == only("$5 T-shirts", "en")


def test_words_in_capitals_are_no_currencies() -> None:
    """TOP and COP are currencies in ISO 4217, but not before a number in the news."""
    assert ["NUMBER", "NUMBER"] == [one.label for one in read("TOP 10 at COP 28", "en")]


def test_korean_words_that_begin_like_a_currency_are_none() -> None:
    """`3원칙` are three principles; `3원을` are three won and a particle."""
    assert () == tuple(one for one in read("3원칙", "ko") if one.label == "MONEY")
    assert ("3원", "MONEY", Value(3, "KRW")) == only("3원을", "ko")


def test_years_need_a_sign_that_they_are_years() -> None:
    """A preposition makes a year of a recent number only."""
    assert "DATE" == only("in 2018 it", "en")[1]
    assert "NUMBER" == only("in 1234 cases", "en")[1]
    assert "NUMBER" == only("2018 people", "en")[1]


def test_labels_can_be_left_out() -> None:
    """Only the labels asked for are given, and what they swallow stays swallowed."""
    document = Document(Item("a")).decoded("$5 and 6 in May 2020", Encoding("utf-8", "utf-8"))

    found = Amounts(Options(labels=("NUMBER",))).process(document).entities

    assert ["6"] == [entity.text for entity in found]


def test_entities_of_earlier_steps_stay_in_order() -> None:
    """What other steps found is kept, and all is sorted by place."""
    document = Document(Item("a")).decoded("Musk paid $5 to Bezos", Encoding("utf-8", "utf-8"))
    before = (Entity(0, 4, "Musk", "PERSON"), Entity(16, 21, "Bezos", "PERSON"))

    found = STEP.process(evolve(document, entities=before)).entities

    assert ["Musk", "$5", "Bezos"] == [entity.text for entity in found]


def test_reading_stops_at_the_bound_and_says_where() -> None:
    """The bound on amounts leaves a note with the offset of the first one left out."""
    document = Document(Item("a")).decoded("1 2 3 4", Encoding("utf-8", "utf-8"))

    done = Amounts(Options(max_amounts=2)).process(document)

    assert ["1", "2"] == [entity.text for entity in done.entities]
    assert {"amounts_stopped_at": 4} == done.extra["entities"]


def test_a_document_without_text_has_no_amounts() -> None:
    """Nothing is found in nothing."""
    assert () == STEP.process(Document(Item("a"))).entities


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    ["1", "a", "1 ", "1,", "1.", "1-", "1:", "$", "% ", "一", "百分之", "1 milliards ", "A1", "İ"],
)
def test_hostile_repetition(unit: str) -> None:
    """No repetition makes the reading slower than in proportion to its length."""
    text = unit * (100_000 // len(unit))

    assert len(read(text, "en")) <= Options().max_amounts


@given(st.lists(_PIECES, max_size=30).map("".join), st.sampled_from([None, *sorted(NEWS)]))
def test_offsets_point_at_the_text(text: str, language: str | None) -> None:
    """Every entity's text is the text at its offsets, and no two overlap."""
    end = 0
    for entity in read(text, language):
        assert entity.text == text[entity.start : entity.end]
        assert end <= entity.start < entity.end
        end = entity.end


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    """No text makes the step fail, and results are the same each time."""
    assert read(text) == read(text)


@given(st.integers(min_value=1, max_value=10**12), st.sampled_from([",", ".", " ", "\u202f", "'"]))
def test_grouped_thousands_read_back(number: int, mark: str) -> None:
    """An integer with two or more separators reads back as itself in any language."""
    text = f"{number:,}".replace(",", mark)
    if text.count(mark) < 2:
        return
    value = only(text)[2]

    assert value is not None
    assert number == value.number
    assert isinstance(value.number, int)


def test_the_step_can_be_pickled() -> None:
    """A copy sent to another process reads the same."""
    copy = pickle.loads(pickle.dumps(STEP))
    document = Document(Item("a")).decoded("$5", Encoding("utf-8", "utf-8"))

    assert STEP.process(document) == copy.process(document)

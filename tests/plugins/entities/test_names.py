"""Tests of `entities.names`: what is found in each language, and its link."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Document, Encoding, Entity, Item, Language
from copydesk_entities.names import Names
from copydesk_entities.options import NamesOptions as Options
from copydesk_entities.tongues import NEWS

SEEDS = Path(__file__).parents[3] / "seeds"
STEP = Names(Options())
MUSK = "copydesk:elon-musk"
_PLACES = [
    ("en", "He went to France and came back.", "France", "iso3166:FR"),
    ("zh", "他去了法国。", "法国", "iso3166:FR"),
    ("fr", "Il vit en Allemagne depuis.", "Allemagne", "iso3166:DE"),
    ("de", "Er lebt in Frankreich und reist.", "Frankreich", "iso3166:FR"),
    ("de", "Die Regierung Frankreichs tagt.", "Frankreichs", "iso3166:FR"),
    ("ar", "وصل إلى فرنسا أمس", "فرنسا", "iso3166:FR"),
    ("es", "Vive en Alemania desde ayer.", "Alemania", "iso3166:DE"),
    ("pt", "Ele mora na Alemanha.", "Alemanha", "iso3166:DE"),
    ("it", "Vive in Germania da anni.", "Germania", "iso3166:DE"),
    ("ru", "Он живет в Германии.", "Германии", "iso3166:DE"),
    ("ru", "Мэр Москвы сказал.", "Москвы", "tz:Europe/Moscow"),
    ("ja", "彼はフランスに行った。", "フランス", "iso3166:FR"),
    ("ko", "그는 프랑스에서 왔다.", "프랑스", "iso3166:FR"),
    ("hi", "वह फ़्रांस गया।", "फ़्रांस", "iso3166:FR"),
    ("fa", "او به فرانسه رفت", "فرانسه", "iso3166:FR"),
    ("tr", "Fransa'nın başkenti", "Fransa", "iso3166:FR"),
    ("id", "Dia tinggal di Jerman.", "Jerman", "iso3166:DE"),
    ("vi", "Ông sống ở Pháp.", "Pháp", "iso3166:FR"),
    ("nl", "Hij woont in Duitsland.", "Duitsland", "iso3166:DE"),
    ("pl", "Mieszka we Francji od lat.", "Francji", "iso3166:FR"),
    ("sv", "Han bor i Tyskland nu.", "Tyskland", "iso3166:DE"),
    ("uk", "Він живе в Україні.", "Україні", "iso3166:UA"),
    ("he", "הוא נסע לצרפת", "לצרפת", "iso3166:FR"),
    ("el", "Ζει στη Γερμανία τώρα.", "Γερμανία", "iso3166:DE"),
    ("cs", "Žije v Německu.", "Německu", "iso3166:DE"),
    ("ro", "Guvernul României a spus.", "României", "iso3166:RO"),
    ("th", "เขาไปประเทศฝรั่งเศสแล้ว", "ฝรั่งเศส", "iso3166:FR"),
]
_MUSKS = [
    ("en", "Elon Musk spoke.", "Elon Musk"),
    ("en", "Then Musk’s lawyers spoke.", "Musk"),
    ("de", "Elon Musks KI-Unternehmen", "Elon Musks"),
    ("fr", "l’entreprise d’Elon Musk", "Elon Musk"),
    ("zh", "马斯克的公司", "马斯克"),
    ("zh", "埃隆·马斯克说", "埃隆·马斯克"),
    ("ar", "قال إيلون ماسك", "إيلون ماسك"),
    ("ar", "مشاريع لماسك في", "لماسك"),
    ("ru", "по словам Илона Маска", "Илона Маска"),
    ("ja", "イーロン・マスクは", "イーロン・マスク"),
    ("ko", "머스크는 말했다", "머스크"),
    ("he", "אילון מאסק אמר", "אילון מאסק"),
    ("fa", "ایلان ماسک گفت", "ایلان ماسک"),
    ("hi", "एलन मस्क ने कहा", "एलन मस्क"),
    ("pl", "firma Elona Muska", "Elona Muska"),
    ("tr", "Elon Musk'ın şirketi", "Elon Musk"),
]


def find(text: str, language: str | None = None, step: Names = STEP) -> tuple[Entity, ...]:
    """Return the names in a text."""
    document = Document(Item("a.txt")).decoded(text, Encoding("utf-8", "utf-8"))
    if language:
        document = evolve(document, language=Language(language))
    return step.process(document).entities


@pytest.mark.parametrize(("language", "text", "surface", "link"), _PLACES)
def test_places(language: str, text: str, surface: str, link: str) -> None:
    """Places are found in every news language, in their case forms and with their clitics."""
    assert [(surface, "PLACE", link)] == [
        (entity.text, entity.label, entity.link) for entity in find(text, language)
    ]


def test_every_news_language_has_an_example() -> None:
    """Each of the 25 news languages is tried."""
    assert NEWS == {row[0] for row in _PLACES}


@pytest.mark.parametrize(("language", "text", "surface"), _MUSKS)
@pytest.mark.parametrize("is_known", [True, False])
def test_one_link_across_scripts(language: str, text: str, surface: str, *, is_known: bool) -> None:
    """Elon Musk is the same person in every script, whether or not the language is known."""
    found = find(text, language if is_known else None)

    assert [(surface, "PERSON", MUSK)] == [(one.text, one.label, one.link) for one in found]


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize(
    ("name", "language"),
    [("000", "zh"), ("001", "zh"), ("002", "fr"), ("003", "de"), ("004", "ar")],
)
def test_musk_is_in_all_seeds(name: str, language: str, *, is_known: bool) -> None:
    """Every seed article names Elon Musk, and no other Musk."""
    (path,) = SEEDS.glob(f"{name}_*.txt")

    found = find(path.read_text("utf-8"), language if is_known else None)

    people = {entity.link for entity in found if entity.label == "PERSON"}
    assert MUSK in people
    assert {"copydesk:xai", "copydesk:openai"} & {entity.link for entity in found}


def test_every_musk_of_the_bilingual_seed_is_found() -> None:
    """In the Chinese and English article each occurrence of either name is a mention."""
    (path,) = SEEDS.glob("000_*.txt")
    text = path.read_text("utf-8")

    found = [entity.text for entity in find(text, "zh") if entity.link == MUSK]

    assert text.count("马斯克") == sum("马斯克" in mention for mention in found)
    assert text.count("Musk") == sum("Musk" in mention for mention in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tell us about turkey, china and the apple."),
        ("en", "The musk deer lives there."),
        ("en", "Muskets and Francefoo and xAIs"),
        ("de", "Die Frankreichreise in den Bergen."),
        ("zh", "印度教和古巴比伦"),
        ("ja", "アイランドのマリオ"),
        ("ko", "작품이란 리차드기어"),
        ("fr", "Dominique est à la réunion."),
    ],
)
def test_no_names(language: str, text: str) -> None:
    """Words in lower case, parts of words and look-alikes are no names."""
    assert () == find(text, language)


def test_the_longest_name_wins() -> None:
    """A place inside the name of an organisation is not found by itself."""
    assert ["Bank of China"] == [entity.text for entity in find("at Bank of China now", "en")]
    assert ["美国证券交易委员会"] == [
        entity.text for entity in find("向美国证券交易委员会提交", "zh")
    ]


def test_the_language_decides_what_a_name_means() -> None:
    """`Monaco` is Munich to no one here, but `Norge` is Norway only in Scandinavia."""
    assert ["iso3166:NO"] == [entity.link for entity in find("Det är i Norge nu.", "sv")]
    assert () == find("The word Norge is foreign.", "en")


def test_short_names_need_a_full_one() -> None:
    """`Cook` is Tim Cook only in a document that names him in full."""
    assert () == find("Then Cook spoke.", "en")
    assert ["Tim Cook", "Cook"] == [
        one.text for one in find("Tim Cook came. Then Cook spoke.", "en")
    ]


def test_relatives_are_other_people() -> None:
    """A given name of someone else before a surname makes it another person."""
    assert ["copydesk:kimbal-musk"] == [one.link for one in find("said Kimbal Musk today", "de")]
    assert () == find("said Tosca Musk today", "en")


def test_company_forms_belong_to_the_mention() -> None:
    """`Google Inc.` is one mention of Google."""
    (entity,) = find("shares of Google Inc. rose", "en")

    assert ("Google Inc.", "copydesk:google") == (entity.text, entity.link)


def test_names_of_your_own_win(tmp_path: Path) -> None:
    """A user's file adds names, changes labels and links, and silences bundled ones."""
    path = tmp_path / "names.tsv"
    path.write_text(
        "BRAND\tx:1\tTesla\nORG\tx:2\tThe Daily Desk\n-\t-\tNvidia\nPLACE\tx:3\tFrance\n", "utf-8"
    )
    step = Names(Options(labels=("BRAND", "ORG", "PLACE"), names=path))

    found = find("The Daily Desk on Tesla, Nvidia and Cisco in France.", "en", step)

    assert [("x:2", "ORG"), ("x:1", "BRAND"), ("copydesk:cisco", "ORG"), ("x:3", "PLACE")] == [
        (entity.link, entity.label) for entity in found
    ]


def test_labels_can_be_left_out() -> None:
    """Names of other labels are not found, nor do they hide shorter ones."""
    step = Names(Options(labels=("PLACE",)))

    assert ["France"] == [one.text for one in find("Elon Musk is in France.", "en", step)]


def test_no_names_at_all() -> None:
    """Without bundled names and a file there is nothing to find."""
    step = Names(Options(use_bundled=False))

    assert () == find("Elon Musk is in France.", "en", step)


def test_entities_of_earlier_steps_stay_in_order() -> None:
    """What other steps found is kept, and all is sorted by place."""
    document = Document(Item("a")).decoded("$5 for Musk in 2020", Encoding("utf-8", "utf-8"))
    before = (Entity(0, 2, "$5", "MONEY"), Entity(15, 19, "2020", "DATE"))

    found = STEP.process(evolve(document, entities=before)).entities

    assert ["$5", "Musk", "2020"] == [entity.text for entity in found]


def test_reading_stops_at_the_bound_and_says_where() -> None:
    """The bound on candidates leaves a note with the offset of the first one left out."""
    document = Document(Item("a")).decoded("Musk, Musk, Musk", Encoding("utf-8", "utf-8"))

    done = Names(Options(max_candidates=2)).process(document)

    assert 2 == len(done.entities)
    assert {"names_stopped_at": 12} == done.extra["entities"]


def test_names_across_the_pieces_of_a_long_text() -> None:
    """The text is searched in pieces; a name on the seam is found once."""
    text = "x " * 32_767 + "Elon Musk" + " y" * 40_000

    assert [(65_534, "Elon Musk")] == [(one.start, one.text) for one in find(text, "en")]


def test_a_document_without_text_has_no_names() -> None:
    """Nothing is found in nothing."""
    assert () == STEP.process(Document(Item("a"))).entities


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit", ["a", "China ", "中国", "이란", "Aaa ", "ア", "\u0301", "A.", "Elon "]
)
def test_hostile_repetition(unit: str) -> None:
    """No repetition makes the search slower than in proportion to its length."""
    find(unit * (200_000 // len(unit)), "en")


@given(
    st.lists(
        st.sampled_from(
            [
                *"aé中国アー이은ا ל.·-\n'’",
                "Elon ",
                "Musk",
                "China",
                "s ",
                "ماسك",
                "US",
                "$",
                "Маска",
                "İ",
            ]
        ),
        max_size=20,
    ).map("".join),
    st.sampled_from([None, *sorted(NEWS)]),
)
def test_offsets_point_at_the_text(text: str, language: str | None) -> None:
    """Every entity's text is the text at its offsets, and no two overlap."""
    end = 0
    for entity in find(text, language):
        assert entity.text == text[entity.start : entity.end]
        assert end <= entity.start < entity.end
        end = entity.end


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    """No text makes the step fail, and results are the same each time."""
    assert find(text) == find(text)


def test_the_step_can_be_pickled() -> None:
    """A copy sent to another process finds the same."""
    copy = pickle.loads(pickle.dumps(Names(Options(labels=("PERSON",)))))

    assert ["Elon Musk"] == [entity.text for entity in find("Elon Musk in France", "en", copy)]


def test_half_a_surrogate_pair() -> None:
    """Half a surrogate pair, as broken JSON gives it, hides no name beside it."""
    assert ["France"] == [entity.text for entity in find("\ud83d In France \ude00", "en")]

"""The default chain on the five real articles, whole: no mocks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.root import ROOT

from copydesk.schemas.classes import describe_record
from copydesk.testing import Desk

NAMES = {
    "000": "000_b5b4755f08ab53c0.txt",
    "001": "001_123ed4c1f8e57465.txt",
    "002": "002_dc866cd153db8561.txt",
    "003": "003_4b29b17991f7c36e.txt",
    "004": "004_ef5f6a763e32d541.txt",
}
Records = dict[str, Any]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """Return the records of the seeds by number, made by the command with the default chain."""
    desk = Desk(tmp_path_factory.mktemp("seeds"))
    summary = desk.run(ROOT / "config" / "news.yaml")
    assert (5, 5) == (summary["listed"], summary["done"])
    found = desk.records()
    return {number: found[name] for number, name in NAMES.items()}


def source(number: str) -> str:
    """Return the decoded source of a seed."""
    return (ROOT / "seeds" / NAMES[number]).read_bytes().decode("utf-8")


def values(record: dict[str, Any], text: str) -> list[Any]:
    """Return the values of the entities that read `text`."""
    return [entity["value"] for entity in record["entities"] if entity["text"] == text]


def removed(record: dict[str, Any]) -> dict[str, str]:
    """Return the reasons of the removed pieces by their text, trimmed."""
    return {piece["text"].strip(): piece["reason"] for piece in record["removed"]}


@pytest.mark.parametrize("number", NAMES)
def test_record_follows_the_schema(records: Records, number: str) -> None:
    """Every record is valid against the published schema."""
    Draft202012Validator(describe_record()).validate(records[number])


@pytest.mark.parametrize("number", NAMES)
def test_offsets_are_exact(records: Records, number: str) -> None:
    """Segments, removed pieces and entities say where their characters stand."""
    record, decoded = records[number], source(number)
    text = record["text"]

    for segment in record["segments"]:
        mine = text[segment["start"] : segment["end"]]
        assert decoded[segment["source_start"] : segment["source_end"]] == mine
    for piece in record["removed"]:
        assert decoded[piece["start"] : piece["end"]] == piece["text"]
    for entity in record["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["text"]


@pytest.mark.parametrize("number", NAMES)
def test_text_and_removed_are_the_source(records: Records, number: str) -> None:
    """The text is the source with the removed pieces cut out: nothing is lost or added."""
    record, decoded = records[number], source(number)

    kept, at = [], 0
    for piece in sorted(record["removed"], key=lambda piece: piece["start"]):
        kept.append(decoded[at : piece["start"]])
        at = piece["end"]
    kept.append(decoded[at:])

    assert "".join(kept) == record["text"]


@pytest.mark.parametrize("number", NAMES)
def test_every_removed_piece_has_reason_and_step(records: Records, number: str) -> None:
    """Whatever is taken out names why and by which step of the chain."""
    labels = {step["label"] for step in records[number]["steps"]}

    assert all(piece["reason"] for piece in records[number]["removed"])
    assert {piece["step"] for piece in records[number]["removed"]} <= labels


@pytest.mark.parametrize("number", NAMES)
def test_musk_is_one_person_in_every_script(records: Records, number: str) -> None:
    """Elon Musk is found as a person in all five articles, under one link."""
    links = {
        entity["link"]
        for entity in records[number]["entities"]
        if entity["label"] == "PERSON"
        and entity["text"] in {"Elon Musk", "马斯克", "إيلون ماسك", "ماسك"}
    }

    assert 1 == len(links)
    assert links == {
        entity["link"]
        for entity in records["003"]["entities"]
        if entity["text"].startswith("Elon Musk")
    }


@pytest.mark.parametrize(
    ("number", "code"), [("001", "zh"), ("002", "fr"), ("003", "de"), ("004", "ar")]
)
def test_language(records: Records, number: str, code: str) -> None:
    """Each article has its language; quoted names in Latin letters do not change it."""
    assert code == records[number]["language"]["code"]
    assert {code} == {span["code"] for span in records[number]["languages"]}


def test_bilingual_article_has_both_languages(records: Records) -> None:
    """000 alternates English and Chinese, and its spans say so."""
    record = records["000"]
    first = record["text"].index("AI, Elon Musk’s AI company, has raised $6 billion")
    second = record["text"].index("根据周四提交给美国证券交易委员会的一份文件")

    def language(at: int) -> str:
        (code,) = [s["code"] for s in record["languages"] if s["start"] <= at < s["end"]]
        return str(code)

    assert {"en", "zh"} == {span["code"] for span in record["languages"]}
    assert ("en", "zh") == (language(first), language(second))


def test_000_loses_its_source_note_and_related_heading(records: Records) -> None:
    """The two Chinese leftovers at the end are removed with a reason."""
    found = removed(records["000"])

    assert {"来源:亲爱的数据一点号", "相关推荐"} <= set(found)
    assert records["000"]["text"].rstrip().endswith("推高至 311 亿美元。")


def test_000_amounts(records: Records) -> None:
    """Dollars are read in English and in Chinese."""
    english = values(records["000"], "$77,593")[0]
    chinese = values(records["000"], "60 亿美元")[0]

    assert (77593, "USD") == (english["number"], english["currency"])
    assert (6_000_000_000, "USD") == (chinese["number"], chinese["currency"])


def test_001_loses_its_notice_and_nothing_else(records: Records) -> None:
    """The notice that opens the only line goes as a sentence; the article stays whole."""
    record = records["001"]
    (notice,) = removed(record)

    assert notice.startswith("钛媒体注:")
    assert notice.endswith("经授权发布。")
    assert record["text"].startswith("就在上周,AI浪潮遭遇第一个挫败")
    assert record["text"].endswith("并购与适时退出或许成为投资人并行不悖的选项。")


def test_002_loses_its_credit_and_keeps_its_headings(records: Records) -> None:
    """The photo credit goes; the two headings without punctuation stay."""
    record = records["002"]

    assert ["Crédit image en vedette : Kerem Gülen/Milieu du voyage"] == list(removed(record))
    lines = record["text"].splitlines()
    assert "Expansion stratégique de xAI" in lines
    assert any(line.startswith("xAI obtient un financement de 6 milliards") for line in lines)


def test_002_amounts(records: Records) -> None:
    """Money is read in French, with a space in the number and the sign after it."""
    assert 77593 == values(records["002"], "77 593 $")[0]["number"]
    assert 12_000_000_000 == values(records["002"], "12 milliards de dollars")[0]["number"]


def test_003_loses_its_english_footer(records: Records) -> None:
    """Three English lines under a German article go."""
    record = records["003"]

    assert all(
        any(line in text for text in removed(record))
        for line in ("Discussion", "Join the conversation", "Be the first to comment")
    )
    assert record["text"].rstrip().endswith("verantwortungsvolle Innovation zu demonstrieren.")


def test_003_amounts(records: Records) -> None:
    """Money is read in German."""
    (value,) = values(records["003"], "20 Milliarden US-Dollar")

    assert (20_000_000_000, "USD") == (value["number"], value["currency"])


def test_004_loses_its_newsletter_plug(records: Records) -> None:
    """The plug that opens the first paragraph goes; the paragraph stays."""
    record = records["004"]

    (plug,) = removed(record)
    assert plug.startswith("روجيلا خلف")
    assert plug.endswith("النشرة الأسبوعية.")
    assert record["text"].startswith("شركة Sequoia Capital")


def test_004_amounts(records: Records) -> None:
    """Money is read in Arabic."""
    (value,) = values(records["004"], "6 مليارات دولار")

    assert (6_000_000_000, "USD") == (value["number"], value["currency"])


def test_same_records_again(records: Records, tmp_path: Path) -> None:
    """Another run into another store makes the same records, apart from times."""
    desk = Desk(tmp_path)
    desk.run(ROOT / "config" / "news.yaml", "--workers", 2)

    again = desk.records()

    assert {name: _timeless(row) for name, row in again.items()} == {
        NAMES[number]: _timeless(row) for number, row in records.items()
    }


def _timeless(record: dict[str, Any]) -> dict[str, Any]:
    steps = [{**step, "seconds": 0} for step in record["steps"]]
    return {**record, "steps": steps}

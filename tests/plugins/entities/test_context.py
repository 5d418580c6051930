"""Tests of names that are parts of longer names."""

from __future__ import annotations

import pytest

from copydesk_entities.context import Context, with_company_form

CONTEXT = Context()


def is_part(text: str, name: str, label: str = "PLACE", tongue: str = "en") -> bool:
    """Say whether the first `name` of a text is a part of a longer one."""
    start = text.index(name)
    return CONTEXT.is_part(text, start, start + len(name), label, (tongue,))


@pytest.mark.parametrize(
    ("text", "name", "label", "tongue"),
    [
        ("in Panama City today", "Panama", "PLACE", "en"),
        ("the Bank of China said", "China", "PLACE", "en"),
        ("with Air France now", "France", "PLACE", "en"),
        ("on Google Maps now", "Google", "ORG", "en"),
        ("said Kimbal Musk today", "Musk", "PERSON", "en"),
        ("the Trump Tower", "Trump", "PERSON", "en"),
        ("US$5", "US", "PLACE", "en"),
        ("im Irak-Krieg", "Irak", "PLACE", "de"),
        ("bei der TU Berlin", "Berlin", "PLACE", "de"),
        ("印度洋的", "印度", "PLACE", "zh"),
        ("中国队的", "中国", "PLACE", "zh"),
        ("美国人说", "美国", "PLACE", "zh"),
        ("全日本空輸", "日本", "PLACE", "ja"),
        ("以色列·普特南", "以色列", "PLACE", "zh"),
        ("ريال مدريد", "مدريد", "PLACE", "ar"),
    ],
)
def test_parts(text: str, name: str, label: str, tongue: str) -> None:
    """A capital, a known word or a dot beside a name joins the two."""
    assert is_part(text, name, label, tongue)


@pytest.mark.parametrize(
    ("text", "name", "label", "tongue"),
    [
        ("In China it", "China", "PLACE", "en"),
        ("Yet Musk says", "Musk", "PERSON", "en"),
        ("Musk’s Twitter deal", "Twitter", "ORG", "en"),
        ("President Trump said", "Trump", "PERSON", "en"),
        ("Elon Musk Says", "Elon Musk", "PERSON", "en"),
        ("US President", "US", "PLACE", "en"),
        ("Nvidia GPUs", "Nvidia", "ORG", "en"),
        ("in Paris, France.", "Paris", "PLACE", "en"),
        ("Präsident Trump Amerika", "Trump", "PERSON", "de"),
        ("中国的", "中国", "PLACE", "zh"),
        ("中国人民", "中国", "PLACE", "zh"),
        ("في مدريد", "مدريد", "PLACE", "ar"),
    ],
)
def test_wholes(text: str, name: str, label: str, tongue: str) -> None:
    """Titles, small words, owners, acronyms and German nouns leave a name by itself."""
    assert not is_part(text, name, label, tongue)


def test_company_forms_belong_to_the_name() -> None:
    """`Google, Inc.` is one name."""
    assert 12 == with_company_form("Google, Inc. said", 6)
    assert 6 == with_company_form("Google said", 6)

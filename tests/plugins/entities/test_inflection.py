"""Tests of the case forms of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_entities import inflection


@pytest.mark.parametrize(
    ("name", "language", "forms"),
    [
        ("Россия", "ru", "России Россию Россией"),
        ("Москва", "ru", "Москвы Москве Москву Москвой"),
        ("Иран", "ru", "Ирана Ирану Ираном Иране"),
        ("Китай", "ru", "Китая Китаю Китаем Китае"),
        ("Владимир Зеленский", "ru", "Владимира_Зеленского Владимиру_Зеленскому"),
        ("Владимир Путин", "ru", "Владимира_Путина Владимиром_Путиным"),
        ("Південна Корея", "uk", ""),
        ("Україна", "uk", "України Україні Україну Україною"),
        ("Київ", "uk", "Києва Києву Києвом Києві"),
        ("Polska", "pl", "Polski Polsce Polskę Polską"),
        ("Francja", "pl", "Francji Francję Francją"),
        ("Elon Musk", "pl", "Elona_Muska Elonem_Muskiem"),
        ("Česko", "cs", "Česka Česku Českem"),
        ("Franța", "ro", "Franței"),
        ("Iran", "ro", "Iranului"),
        ("Ελλάδα", "el", "Ελλάδας"),
    ],
)
def test_forms(name: str, language: str, forms: str) -> None:
    """The forms in use are among those made."""
    expected = {form.replace("_", " ") for form in forms.split()}

    assert expected <= inflection.decline(name, language)


@pytest.mark.parametrize(
    ("name", "language"), [("США", "ru"), ("Токио", "ru"), ("Россия", "de"), ("ВТ", "ru")]
)
def test_names_without_cases(name: str, language: str) -> None:
    """Abbreviations, foreign names in a vowel and languages without cases have no forms."""
    assert set() == inflection.decline(name, language)


@given(st.text(max_size=20), st.sampled_from(inflection.LANGUAGES))
def test_any_name_is_survived(name: str, language: str) -> None:
    """Forms are never the name itself, and never too short to tell apart."""
    forms = inflection.decline(name, language)

    assert name not in forms
    assert all(len(form) >= 3 for form in forms)

"""Writing systems."""

from __future__ import annotations

import pytest

from copydesk_language.script import (
    count_scripts,
    languages_of,
    main_script,
    name_chinese,
    name_script,
    script_of,
    scripts_of,
)


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("a", "Latn"),
        ("É", "Latn"),
        ("ж", "Cyrl"),
        ("ح", "Arab"),
        ("中", "Hani"),
        ("の", "Jpan"),
        ("한", "Kore"),
        ("ก", "Thai"),
        ("ა", "Geor"),
        ("1", ""),
        ("。", ""),
        ("😀", ""),
        ("\ud800", ""),
    ],
)
def test_characters(character: str, script: str) -> None:
    """Each letter belongs to a script; digits, marks and emoji to none."""
    assert script == script_of(character)


def test_counts() -> None:
    """Letters are counted by script, in ASCII and beyond it."""
    assert {"Latn": 3} == count_scripts("a-b c 1")
    assert {"Latn": 2, "Cyrl": 3} == count_scripts("né три")
    assert {} == count_scripts("12 3 😀")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Robyn Christie แห่ง Melrose กล่าวว่า", "Thai"),
        ("The president met Xi Jinping (习近平) in Beijing on Thursday", "Latn"),
        ("日本の首相", "Jpan"),
        ("中国の首相中国国家主席中国国家主席中国国家主席中国国家主席", "Hani"),
        ("42", None),
    ],
)
def test_main_script(text: str, script: str | None) -> None:
    """Names in Latin letters do not make a text Latin, nor does one kana make it Japanese."""
    assert script == main_script(count_scripts(text))


@pytest.mark.parametrize(
    ("code", "text", "script"),
    [
        ("zh", "这个国家的经济发展", "Hans"),
        ("zh", "這個國家的經濟發展", "Hant"),
        ("sr", "Председник", "Cyrl"),
        ("sr", "Predsednik", "Latn"),
        ("de", "über", "Latn"),
        ("und", "xq", None),
    ],
)
def test_name_script(code: str, text: str, script: str | None) -> None:
    """The script of a known language is told where it has several."""
    assert script == name_script(code, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "中国政府今天宣布新的经济政策"),
        ("yue", "佢哋話呢個係好嘅嘢，我哋唔知點解"),
        ("ja", "米大統領選挙結果発表経済対策"),
    ],
)
def test_name_chinese(code: str, text: str) -> None:
    """Cantonese and Japanese without kana are known by their own letters."""
    assert code == name_chinese(text)[0][0]


def test_languages_and_scripts_agree() -> None:
    """Each language of a script is written in that script."""
    assert ("Cyrl", "Latn") == scripts_of("sr")
    assert ("Latn",) == scripts_of("en")
    for script in ("Cyrl", "Arab", "Deva", "Thai"):
        assert all(script in scripts_of(code) for code in languages_of(script))


@pytest.mark.parametrize(("code", "script"), [("sah", "Cyrl"), ("pnb", "Arab"), ("xmf", "Geor")])
def test_rare_languages_have_their_script(code: str, script: str) -> None:
    """What only a fastText model knows is not taken for Latin, nor offered for other text."""
    assert (script,) == scripts_of(code)
    assert code not in languages_of(script)

"""Words for the full-text index."""

from __future__ import annotations

import sqlite3

import pytest

from copydesk.search import phrase, words


def test_ascii_is_left_alone() -> None:
    """Text without unspaced scripts is what it was, title first."""
    assert "Title\nsome text" == words("Title", None, "some text")


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("根据周四提交的文件,马斯克的公司", "马斯克", True),
        ("根据周四提交的文件,马斯克的公司", "斯马克", False),
        ("xAI 已筹集 60 亿美元", "60 亿美元", True),
        ("การเมืองไทย", "เมือง", True),
        ("東京タワーが光る", "タワー", True),
        ("São Paulo cresce", "sao paulo", True),
        ('she said "no"', 'said "no"', True),
    ],
)
def test_phrases_are_found_in_every_script(text: str, query: str, *, found: bool) -> None:
    """A phrase query finds the same run of characters, in scripts with and without spaces."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE s USING fts5 (w, tokenize='unicode61 remove_diacritics 2')"
    )
    connection.execute("INSERT INTO s VALUES (?)", (words(text),))

    rows = connection.execute("SELECT 1 FROM s WHERE s MATCH ?", (phrase(query),)).fetchall()

    assert found == bool(rows)


def test_each_character_stands_alone() -> None:
    """In scripts without spaces each character has its own, so that an index counts it a word."""
    assert "a 中  文 b,  水  (x)" == words("a中文b, 水 (x)")

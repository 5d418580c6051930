"""Errors in words, whatever they say."""

from __future__ import annotations

import pytest

from copydesk.errors import DocumentError
from copydesk.reason import explain, storable, tidy, trace_back


class MuteError(Exception):
    """An error that cannot say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DocumentError("too\n  short"), "too short"),
        (ValueError("odd"), "ValueError: odd"),
        (KeyError(), "KeyError"),
        (MuteError(), "MuteError: its message cannot be read, RuntimeError"),
        (DocumentError("half \udcff of it"), "half \\udcff of it"),
        (DocumentError("\x1b]0;title\x07"), "\\x1b]0;title\\x07"),
    ],
)
def test_error_is_one_clean_line(error: Exception, words: str) -> None:
    """An error becomes a line that can be stored as UTF-8 and shown on a terminal."""
    assert words == explain(error)


def test_long_words_are_cut() -> None:
    """A message of any length becomes a reason of bounded length."""
    assert 500 == len(tidy("x" * 20_000_000))


class Mute:
    """A value that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize(("words", "line"), [(None, "None"), (404, "404"), (Mute(), "a Mute")])
def test_what_is_no_text_is_shown(words: object, line: str) -> None:
    """What a plugin gives in place of words becomes words all the same."""
    assert line == tidy(words)


def test_traceback_is_for_what_nobody_foresaw() -> None:
    """A document's own error has no traceback; another keeps the end of its own."""
    assert not trace_back(DocumentError("short"))
    assert "ValueError: odd" in trace_back(ValueError("odd"))
    assert len(trace_back(ValueError("x" * 50_000))) <= 20_000


def test_storable_text_is_utf8() -> None:
    """Half a surrogate pair becomes an escape, all else stays."""
    assert "é \\ud800 漢" == storable("é \ud800 漢")

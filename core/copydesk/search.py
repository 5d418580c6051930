"""Prepares text for a full-text index that splits words at spaces."""

from __future__ import annotations

import re

# Scripts written without spaces: each character becomes a word, and a phrase query finds any run.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Myanmar, Khmer
    r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Japanese, Han
    r"\U00020000-\U0003ffff]+"
)


def words(*texts: str | None) -> str:
    """Return the texts as one, with the scripts that do not write spaces taken apart."""
    whole = "\n".join(text for text in texts if text)
    return whole if whole.isascii() else _UNSPACED.sub(_part, whole)


def _part(run: re.Match[str]) -> str:
    """Return each character of a run with a space on either side."""
    return f" {'  '.join(run[0])} "


def phrase(query: str) -> str:
    """Return a query for the exact phrase, in the syntax of SQLite's FTS5."""
    return '"' + words(query).replace('"', '""') + '"'

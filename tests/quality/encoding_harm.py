"""Counts what the steps spoil: legacy text taken for damaged UTF-8, clean text that is altered."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cache

from encoding_data import Case
from encoding_score import find_codec
from encoding_tools import make_step

from copydesk.api import Document, DocumentError, Encoding, Item, Step


@cache
def _step(name: str) -> Step:
    return make_step(name)


def is_legacy(case: Case) -> bool:
    """Return whether the bytes are text in an encoding that is neither Unicode nor ASCII."""
    codec = find_codec(case.label) or "utf-8"
    return not codec.startswith("utf") and not case.raw.isascii()


def is_taken_for_utf8(case: Case) -> bool:
    """Return whether the step takes bytes for UTF-8 with stray bytes."""
    try:
        document = _step("encoding.chardet").process(Document(Item("a"), raw=case.raw))
    except DocumentError:
        return False
    assert isinstance(document, Document)
    return document.encoding is not None and document.encoding.method == "damaged utf-8"


def count_altered(texts: Sequence[str]) -> int:
    """Return how many characters of clean texts the repair changes."""
    return sum(map(_count_altered, texts))


def _count_altered(text: str) -> int:
    document = Document(Item("a")).decoded(text, Encoding("utf-8", "utf-8"))
    mended = _step("encoding.repair").process(document)
    assert isinstance(mended, Document)
    assert mended.text is not None
    matcher = difflib.SequenceMatcher(None, text, mended.text, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    return max(len(text), len(mended.text)) - kept

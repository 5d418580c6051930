"""Recognises UTF-16 and UTF-32 without a byte order mark."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 4096
# Punctuation, kana and the commonest signs of Chinese, Japanese and Korean: two in five characters
# of running text, one in forty of what misread bytes give.
_COMMON = re.compile(
    r"[\t\n\r -~\u00b7\u2014\u2018-\u201d\u2026\u3000-\u3002\u300a-\u300f\u3041-\u30fe"
    r"\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
    r"的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
    r"這來國個說們為時對裡後會過學於與及等將由月日市本社公司新報發開行經動方面部第全表成法事政"
    r"이다는의에을를가은고로한지하서도기사대시인으자년일정원부]"
)
# No text holds these: surrogates alone, private use, non-characters and most controls.
_STRANGE = re.compile(
    r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]"
)
_CODECS = {
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-32le": "utf-32-le",
    "utf-32be": "utf-32-be",
}
_IDEOGRAPHS = frozenset({*range(0x4E, 0xA0), *range(0xAC, 0xD8)})


def find_wide(raw: bytes) -> str | None:
    """Return `utf-16le`, `utf-16be`, `utf-32le` or `utf-32be` if `raw` reads well as that.

    The beginning decides; a file that turns into something else later decodes with faults.
    """
    sample = raw[:_SAMPLE]
    if len(sample) < 2:
        return None
    if label := _find_32(sample):
        return label
    scores = {
        "utf-16le": _score(sample, "utf-16le", sample[1::2]),
        "utf-16be": _score(sample, "utf-16be", sample[: len(sample) & ~1 : 2]),
    }
    best = max(scores, key=lambda label: scores[label])
    return best if scores[best] > 0 else None


def _find_32(sample: bytes) -> str | None:
    """Judge by the upper bytes: code points end at 10FFFF, so they are 0 and at most 10."""
    end = len(sample) & ~3
    for label, top, plane in (("utf-32le", 3, 2), ("utf-32be", 0, 1)):
        upper = sample[top:end:4]
        if upper and not any(upper) and max(sample[plane:end:4]) <= 0x10:
            return None if _is_strange(sample[:end], label) else label
    return None


def _score(sample: bytes, label: str, tops: bytes) -> float:
    """Return how sure it is that `sample` is UTF-16 in this order; `tops` are its upper bytes."""
    if _is_strange(sample, label):
        return 0.0
    counts = Counter(tops)
    common = sum(counts[top] for top in (0x00, 0x01, 0x1E, 0x20, 0x30, 0xFF))
    # An alphabet lies in one or two blocks of 256, all of them below 2000, where the upper byte is
    # a control character of older encodings.
    low = sum(count for top, count in counts.items() if top < 0x20)
    block = max((counts[top] + counts[top + 1] for top in range(2, 0x1D)), default=0)
    if low * 2 >= len(tops) and (common + block) * 20 >= len(tops) * 19:
        return (common + block) / len(tops)
    asian = sum(counts[top] for top in _IDEOGRAPHS)
    if (common + asian) * 20 < len(tops) * 19:
        return 0.0
    text = sample.decode(_CODECS[label], "ignore")
    share = len(_COMMON.findall(text)) / max(1, len(text))
    return share if share >= 0.2 else 0.0


def _is_strange(sample: bytes, label: str) -> bool:
    # The sample may end within a character.
    text = sample.decode(_CODECS[label], "replace").removesuffix("\ufffd")
    return len(_STRANGE.findall(text)) * 200 > len(text)

"""Recognises UTF-16 and UTF-32 without a byte order mark."""

from __future__ import annotations

import re

_SAMPLE = 4096
# Characters of which running text is made: a misread pair of bytes is seldom one of these. The
# letters are grouped by script so that text must be mostly of one of them.
_COMMON = re.compile(
    r"[\t\n\r -~\u00a0-\u00ff\u2010-\u2026\u3000-\u3002\u300c-\u300f\uff01\uff08\uff09\uff0c\uff1a"
    r"\uff1b\uff1f\u0100-\u017f\u0370-\u058f\u05d0-\u06ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff"
    r"\u1e00-\u1eff\u3041-\u30ff"
    r"的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
    r"這來國個說們為時對裡後會過學於與及等將由年月日市本社公司新報發開行經動方面部第全表成法事政"
    r"이다는의에을를가은고로한지하서도기사대시인으자년일정원부]"
)
# No text holds these: surrogates alone, private use, non-characters and most controls.
_STRANGE = re.compile(
    r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]"
)


def find_wide(raw: bytes) -> str | None:
    """Return `utf-16le`, `utf-16be`, `utf-32le` or `utf-32be` if `raw` reads well as that."""
    sample = raw[:_SAMPLE]
    if label := _find_32(sample):
        return label
    if len(sample) < 4:
        return _find_tiny(sample)
    scores = {label: _score(sample, label) for label in ("utf-16le", "utf-16be")}
    best = max(scores, key=lambda label: scores[label])
    return best if scores[best] >= 0.2 else None


def _find_32(sample: bytes) -> str | None:
    """Judge by the upper bytes: code points end at 10FFFF, so they are 0 and at most 10."""
    units = len(sample) // 4
    if not units:
        return None
    for label, top, plane in (("utf-32le", 3, 2), ("utf-32be", 0, 1)):
        zeros = sample[top : units * 4 : 4].count(0)
        low = sum(byte <= 0x10 for byte in sample[plane : units * 4 : 4])
        if zeros == low == units and not _is_strange(sample[: units * 4], label):
            return label
    return None


def _find_tiny(sample: bytes) -> str | None:
    if len(sample) == 2 and sample.count(0) == 1:
        return "utf-16be" if sample[0] == 0 else "utf-16le"
    return None


def _score(sample: bytes, label: str) -> float:
    """Return the share of common characters, 0 where the bytes make no text in that order."""
    if _is_strange(sample, label):
        return 0.0
    text = sample.decode(label, "ignore")
    return len(_COMMON.findall(text)) / max(1, len(text))


def _is_strange(sample: bytes, label: str) -> bool:
    codec = {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}.get(label, label)
    text = sample.decode(codec, "replace")
    # The sample may end within a character.
    text = text.removesuffix("\ufffd")
    return len(_STRANGE.findall(text)) * 200 > len(text)

"""Ranks what bytes may be encoded in by what the statistics say and by how the text reads."""

from __future__ import annotations

import math
import re

from attrs import evolve, frozen

from copydesk.api import Candidate
from copydesk_encoding.cost import weigh
from copydesk_encoding.decoding import decode, is_readable
from copydesk_encoding.signature import find_high

_WINDOW = 2048
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_ASIAN = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")
_MAINFRAME = frozenset({"cp037", "cp1140", "cp424", "cp500", "cp875", "cp1026", "cp273"})
# How unusual an encoding is for text of today, in nats; others are as unusual as the last.
_USUAL = {
    0.0: ("windows-1252", "windows-1251", *_ASIAN),
    0.75: (
        *("windows-1250", "windows-1253", "windows-1254", "windows-1255", "windows-1256"),
        *("windows-1257", "windows-874", "koi8-r"),
        *("iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-15"),
    ),
    2.25: (
        *("windows-1258", "koi8-u", "macintosh", "x-mac-cyrillic"),
        *("iso-8859-3", "iso-8859-4", "iso-8859-6", "iso-8859-8"),
        *("iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-16"),
        *("ibm866", "cp437", "cp850", "cp852", "cp855"),
    ),
}
_UNUSUAL = {label: cost for cost, labels in _USUAL.items() for label in labels}
_MOST_UNUSUAL = 3.0
# The constants below were chosen on one half of the scoring data; tests/quality reports the other.
_FLOOR = 0.01
_MAX_COSTED = 20
_MAX_MARGIN_BYTES = 40
_LEAST_SHARE = 0.28
_LEAST_USUAL_SHARE = 0.1
_MOST_LIKELY = 30
_GIVEN_UP = 0.05
_TIED = 0.99


@frozen
class _Reading:
    candidate: Candidate
    cost: float


def rank(raw: bytes, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates of the statistics again, best first.

    Short text gives statistics little to go by: there the letters that each reading yields say
    more. The longer the text, the more must speak against the first candidate to overrule it.
    """
    if not candidates:
        return ()
    winner = _find_usual(raw, _find_winner(raw, candidates), candidates)
    return (winner, *(other for other in candidates if other.name != winner.name))


def _find_winner(raw: bytes, candidates: tuple[Candidate, ...]) -> Candidate:
    """Return the candidate whose reading is the easiest to believe."""
    window = _cut_window(raw)
    likely = _keep_likely(candidates)
    readings = _read_all(window, likely + _list_asian(window, candidates))
    high = max(1, len(_HIGH_BYTE.findall(window)))
    top = max(reading.candidate.confidence for reading in readings)
    scores = [_score(reading, top, high) for reading in readings]
    best = max(range(len(readings)), key=scores.__getitem__)
    winner = readings[best].candidate
    margin = _find_margin(readings[0].candidate, winner, high)
    return winner if scores[best] - scores[0] > margin else readings[0].candidate


def _find_usual(raw: bytes, winner: Candidate, candidates: tuple[Candidate, ...]) -> Candidate:
    """Return the most usual of the candidates that give the same text as the winner."""
    text = decode(raw, winner.name).text
    better = [other for other in candidates if _unusualness(other) < _unusualness(winner)]
    for other in sorted(better, key=_unusualness):
        if is_readable(raw, other.name) and decode(raw, other.name).text == text:
            return evolve(other, confidence=winner.confidence)
    return winner


def _find_margin(first: Candidate, winner: Candidate, high: int) -> float:
    """Return by how much `winner` must be better than `first`, in nats."""
    # Where the statistics see no difference between two usual encodings, they have no say.
    tied = winner.confidence >= _TIED * first.confidence
    if tied and _is_usual(first) and _is_usual(winner):
        return 1.0
    return 1 + 0.3 * min(high, _MAX_MARGIN_BYTES)


def _is_usual(candidate: Candidate) -> bool:
    return _unusualness(candidate) <= 1


def _unusualness(candidate: Candidate) -> float:
    return _UNUSUAL.get(candidate.name, _MOST_UNUSUAL)


def _cut_window(raw: bytes) -> bytes:
    """Return the part of `raw` that is judged, from just before the first byte beyond ASCII."""
    start = max(0, find_high(raw) - 64)
    return raw[start : start + _WINDOW]


def _keep_likely(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return those that may still win; the first stays whatever its confidence."""
    top = max((candidate.confidence for candidate in candidates), default=0)
    kept = [other for other in candidates[1:] if other.confidence >= top * _find_least(other)]
    return (*candidates[:1], *kept[:_MOST_LIKELY])


def _find_least(candidate: Candidate) -> float:
    """Return the share of the best confidence that a candidate must have."""
    return _LEAST_USUAL_SHARE if _is_usual(candidate) else _LEAST_SHARE


def _list_asian(window: bytes, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the two-byte encodings that can read bytes which the statistics do not know."""
    if not candidates or candidates[0].confidence > _GIVEN_UP:
        return ()
    names = {candidate.name for candidate in candidates}
    return tuple(
        Candidate(label, 0.0)
        for label in _ASIAN
        if label not in names and is_readable(window, label)
    )


def _read_all(window: bytes, candidates: tuple[Candidate, ...]) -> list[_Reading]:
    """Return a reading for each candidate, one for each text."""
    readings: dict[str, _Reading] = {}
    # Text in EBCDIC has spaces, which are 40 there.
    spaced = window.count(0x40) * 16 >= len(window)
    for candidate in candidates:
        if candidate.name in _MAINFRAME and not spaced and readings:
            continue
        text = decode(window, candidate.name).text.removesuffix("\ufffd")
        if text not in readings:
            readings[text] = _Reading(candidate, weigh(text, candidate.name))
    return list(readings.values())


def _score(reading: _Reading, top: float, high: int) -> float:
    """Return how well a reading does, in nats; `high` is the number of bytes beyond ASCII."""
    trust = min(4 + 0.3 * high, 60)
    statistics = trust * math.log((reading.candidate.confidence + _FLOOR) / (top + _FLOOR))
    costed = reading.cost * min(high, _MAX_COSTED) / high
    return statistics - _unusualness(reading.candidate) - costed

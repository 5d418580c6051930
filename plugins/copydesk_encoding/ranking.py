"""Ranks what bytes may be encoded in by what the statistics say and by how the text reads."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from attrs import evolve

from copydesk.api import Candidate
from copydesk_encoding.cost import weigh
from copydesk_encoding.decoding import decode, is_readable
from copydesk_encoding.habitat import ASIAN, MAINFRAME, find_rarity
from copydesk_encoding.reading import TIED, Reading, compare, score
from copydesk_encoding.signature import find_high

_WINDOW = 1024
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_LEAST_SHARE = 0.28
_LEAST_USUAL_SHARE = 0.1
_MOST_LIKELY = 30
_GIVEN_UP = 0.05
_LEAST_PROBABILITY = 0.0005
_SUREST = 0.999  # of what statistics are surer of, 2 in 1,000 are wrong: it was not even listed


def rank(raw: bytes, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates of the statistics again, best first, with their probability.

    Short text gives statistics little to go by: there the letters that each reading yields, and
    how much it looks like a language, say more. Candidates of no weight are left out.
    """
    if not candidates:
        return ()
    window = cut_window(raw)
    readings = list_readings(window, candidates)
    scale = compare(readings, count_high(window))
    shares = soften([score(reading.list_evidence(scale)) for reading in readings])
    order = sorted(range(len(readings)), key=lambda at: -shares[at])
    return tuple(
        evolve(_choose(raw, readings[at]), confidence=min(_SUREST, round(shares[at], 4)))
        for at in order
        if shares[at] >= _LEAST_PROBABILITY
    )


def list_readings(window: bytes, candidates: tuple[Candidate, ...]) -> list[Reading]:
    """Return the texts that `window` may be, each once."""
    found: dict[str, list[Candidate]] = {}
    likely = _drop_mainframes(window, _keep_likely(candidates) + _list_asian(window, candidates))
    for candidate in likely:
        text = decode(window, candidate.name).text.removesuffix("\ufffd")
        found.setdefault(text, []).append(candidate)
    return [Reading(tuple(same), text, same[0] is candidates[0]) for text, same in found.items()]


def count_high(window: bytes) -> int:
    """Return the number of bytes beyond ASCII."""
    return len(_HIGH_BYTE.findall(window))


def soften(scores: Sequence[float]) -> list[float]:
    """Return the probabilities that log-odds stand for."""
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    return [part / sum(parts) for part in parts]


def _choose(raw: bytes, reading: Reading) -> Candidate:
    """Return which of the candidates that give this text reads the rest of `raw` best.

    Of those that read all of it alike, the most usual one names it.
    """
    best, *others = reading.candidates
    text = decode(raw, best.name).text if others else ""
    for other in others:
        if not is_readable(raw, other.name):
            continue
        rival = decode(raw, other.name).text
        if rival == text:
            if find_rarity(other.name) < find_rarity(best.name):
                best = other
            continue
        if other.confidence < TIED * best.confidence:
            continue
        start = find_difference(text, rival)
        end = start + _WINDOW
        if weigh(rival[start:end], other.name) < weigh(text[start:end], best.name) - 1:
            best, text = other, rival
    return best


def find_difference(text: str, other: str) -> int:
    """Return the offset of the first character in which two texts differ."""
    low, high = 0, min(len(text), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if text[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def cut_window(raw: bytes) -> bytes:
    """Return the part of `raw` that is judged, from just before the first byte beyond ASCII."""
    start = max(0, find_high(raw) - 64)
    return raw[start : start + _WINDOW]


def _keep_likely(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return those that may still win; the first stays whatever its confidence."""
    top = max(candidate.confidence for candidate in candidates)
    kept = [other for other in candidates[1:] if other.confidence >= top * _find_least(other)]
    return (*candidates[:1], *kept[:_MOST_LIKELY])


def _find_least(candidate: Candidate) -> float:
    """Return the share of the best confidence that a candidate must have."""
    return _LEAST_USUAL_SHARE if find_rarity(candidate.name) < 2 else _LEAST_SHARE


def _list_asian(window: bytes, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the two-byte encodings that can read bytes which the statistics do not know."""
    if candidates[0].confidence > _GIVEN_UP:
        return ()
    names = {candidate.name for candidate in candidates}
    return tuple(
        Candidate(label, 0.0)
        for label in ASIAN
        if label not in names and is_readable(window, label)
    )


def _drop_mainframes(window: bytes, likely: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Leave out EBCDIC for what has no spaces in it, which are 40 there, if anything is left."""
    if window.count(0x40) * 16 >= len(window):
        return likely
    return tuple(other for other in likely if other.name not in MAINFRAME) or likely

"""The cases of the encoding scores: labelled files, and news text transcoded and damaged here."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from attrs import frozen
from encoding_score import NEWS, find_codec, read

# The legacy encodings in which news of a language (as a variety of the language data) was written.
LEGACY = {
    "cp1252 iso8859-1 iso8859-15": "en fr de es pt it nl sv no da fi ca eu gl is ga lb fo",
    "cp1250 iso8859-2": "pl cs ro sk sl hr hu sr-Latn bs sq",
    "cp1251": "ru uk bg sr-Cyrl mk be",
    "koi8-r": "ru",
    "cp1256 iso8859-6": "ar",
    "gb18030": "zh-Hans",
    "big5": "zh-Hant yue",
    "shift_jis euc_jp": "ja",
    "euc_kr": "ko",
}
OTHERS = {
    "cp1253 iso8859-7": "el",
    "cp1254": "tr",
    "cp1255": "he",
    "cp874": "th",
    "cp1257 iso8859-13": "lt lv et",
    "koi8-u iso8859-5": "uk",
    "cp1256": "fa ur",
}
UNICODE = "utf-16-le utf-16-be utf-32-le utf-32-be"
# What an older encoding cannot say is written as its users wrote it.
PLAIN = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-", "–": "-", "…": "..."})
STRAYS = bytes(set(range(0x80, 0x100)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D})


@frozen
class Case:
    """Some bytes and what they are."""

    raw: bytes
    label: str | None
    """None: binary."""
    tuning: bool
    """Whether it is of the half on which thresholds may be chosen."""
    text: str | None = None
    """What must be read, where the label alone does not say."""


def is_tuning(key: str) -> bool:
    """Return whether what has this key belongs to the half for tuning."""
    return sha256(key.encode()).digest()[0] < 128


def list_files(root: Path, chosen: str) -> list[Case]:
    """Return the files of one of the sets."""
    rows = [json.loads(line) for line in (root / "manifest.jsonl").read_text().splitlines()]
    return [
        Case((root / row["file"]).read_bytes(), row["encoding"], is_tuning(row["file"]))
        for row in rows
        if row["set"] == chosen
    ]


def keep_news(cases: list[Case]) -> list[Case]:
    """Return the cases in encodings of the news."""
    return [case for case in cases if find_codec(case.label) in NEWS]


def take_heads(cases: list[Case]) -> list[Case]:
    """Return the first 200 bytes of each text."""
    return [Case(case.raw[:200], case.label, case.tuning) for case in cases if case.label]


def take_snippets(cases: list[Case]) -> list[Case]:
    """Return the first 20 characters of each legacy text."""
    return [snippet for case in cases for snippet in _cut(case)]


def _cut(case: Case) -> Iterator[Case]:
    codec = find_codec(case.label)
    if codec is None or codec == "ascii" or codec.startswith("utf"):
        return
    text = read(case.raw, codec)
    if text is not None and case.label:
        try:
            yield Case(text[:20].encode(codec), case.label, case.tuning)
        except UnicodeEncodeError:  # a codec that reads more than it writes
            return


def read_news(root: Path, kind: str) -> dict[str, list[str]]:
    """Return the texts of one kind of the language data, by variety."""
    found: dict[str, list[str]] = {}
    with (root / "items.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] == kind:
                found.setdefault(row["variety"], []).append(row["text"])
    return found


def transcode(news: dict[str, list[str]], table: dict[str, str]) -> list[Case]:
    """Return each text in each encoding of its language that can write it."""
    return [
        case
        for codecs, varieties in table.items()
        for codec in codecs.split()
        for variety in varieties.split()
        for text in news[variety]
        for case in _encode(text, codec)
    ]


def _encode(text: str, codec: str) -> Iterator[Case]:
    for version in (text, text.translate(PLAIN)):
        try:
            raw = version.encode(codec)
        except UnicodeEncodeError:
            continue
        if not raw.isascii() or codec.startswith("utf"):
            yield Case(raw, codec, is_tuning(text))
        return


def widen(news: dict[str, list[str]]) -> list[Case]:
    """Return each text in UTF-16 and UTF-32 without a byte order mark."""
    return transcode(news, {UNICODE: " ".join(news)})


def damage(news: dict[str, list[str]]) -> list[Case]:
    """Return each text that is not ASCII in UTF-8 with 1 to 4 stray bytes between characters."""
    chance = random.Random(6)
    return [
        case
        for texts in news.values()
        for text in texts
        if not text.isascii()
        for case in [_damage(text, chance)]
    ]


def _damage(text: str, chance: random.Random) -> Case:
    places = sorted(chance.sample(range(1, len(text)), chance.randint(1, 4)), reverse=True)
    raw = text.encode()
    mended = text
    for at in places:
        stray = bytes([chance.choice(STRAYS)])
        edge = len(text[:at].encode())
        raw = raw[:edge] + stray + raw[edge:]
        mended = mended[:at] + stray.decode("cp1252") + mended[at:]
    return Case(raw, "utf-8", is_tuning(text), mended)

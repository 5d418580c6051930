"""Says whether an answer about an encoding is right: whether it reads the text that was written."""

from __future__ import annotations

import codecs

SUPERSETS = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
"""True supersets through which a label may be read, by the codec names of Python."""
NEWS = frozenset(
    [
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"),
        *("utf-32", "utf-32-be", "utf-32-le", "gb2312", "gbk", "gb18030", "big5"),
        *("shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "cp1256", "iso8859-6"),
        *("cp1252", "iso8859-1", "iso8859-15", "cp1251", "koi8-r", "cp1250", "iso8859-2"),
    ]
)
"""Encodings in which news is written, by the codec names of Python."""


def find_codec(label: str | None) -> str | None:
    """Return the name that Python gives to a codec, or None when it has none of that name."""
    try:
        return None if label is None else codecs.lookup(label).name
    except LookupError:
        return None


def read(raw: bytes, codec: str) -> str | None:
    """Return `raw` decoded strictly, but for a last character that breaks off; None on a fault."""
    try:
        text = codecs.getincrementaldecoder(codec)("strict").decode(raw, final=False)
    except (UnicodeError, LookupError):
        return None
    return text.lstrip("\ufeff")


def read_labelled(raw: bytes, label: str) -> set[str]:
    """Return the texts that count as right for bytes with this label."""
    codec = find_codec(label)
    if codec is None:
        return set()
    readings = (read(raw, codec), read(raw, SUPERSETS.get(codec, codec)))
    return {reading for reading in readings if reading is not None}


def is_right(raw: bytes, label: str | None, answer: str | None) -> bool:
    """Return whether decoding with `answer` gives the text of `label`; None stands for binary."""
    if label is None or answer is None:
        return label is answer
    if find_codec(label) is None:
        return label.lower() == answer.lower()  # Python cannot read it: the name must do
    codec = find_codec(answer)
    reading = None if codec is None else read(raw, SUPERSETS.get(codec, codec))
    exact = None if codec is None else read(raw, codec)
    right = read_labelled(raw, label)
    return reading in right or exact in right

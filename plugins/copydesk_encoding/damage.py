"""Tells UTF-8 with a few stray bytes from text that was never UTF-8."""

from __future__ import annotations

import codecs
import re

_BLOCK = 1 << 20
# Of 5,410 legacy texts (whole, cut to 200 bytes and to 20 characters) none passes these numbers.
_MULTIPLE_PER_STRAY = 4
_STRAYS_PER_CHARACTER = 4
_MAX_HIGH_SHARE = 0.2
_MAX_BROKEN_RUN = 4
_RUN = re.compile(rb"[\x80-\xff]+")
# What pairs of legacy bytes give when they happen to be valid: scripts and signs that hardly occur.
# A stray capital and its closing quotation mark, `ß“`, is a letter of N'Ko.
_ODD = re.compile(
    r"[\x80-\x9f\u0180-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u0258\u025a-\u02ff\u0302\u0304-\u0308"
    r"\u030a-\u0322\u0324-\u036f\u0483-\u0489\u0500-\u0530\u0557-\u0560\u0591-\u05cf\u0700-\u077f"
    r"\u07c0-\u08ff]"
)


def is_damaged_utf8(raw: bytes) -> bool:
    """Return whether `raw`, which is not valid UTF-8, is UTF-8 but for a few bytes.

    It is when the bytes of valid characters far outnumber the strays. It also is when there is
    little beyond ASCII and some of that is whole words of UTF-8, which older encodings do not
    produce by chance.
    """
    valid, multiple = _count_valid(raw)
    strays = len(raw) - valid
    if not multiple:
        return False
    if strays * _MULTIPLE_PER_STRAY <= multiple or is_cut(raw, strays):
        return True
    sparse = multiple + strays <= _MAX_HIGH_SHARE * len(raw)
    return sparse and strays <= _STRAYS_PER_CHARACTER * multiple and _has_whole_runs(raw)


def is_cut(raw: bytes, strays: int) -> bool:
    """Return whether all that is wrong is that the last character breaks off.

    `strays` is the number of bytes that belong to no character.
    """
    if not 1 <= strays <= 3:
        return False
    try:
        raw[-strays:].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start == 0 and error.reason == "unexpected end of data"
    return False


def _count_valid(raw: bytes) -> tuple[int, int]:
    """Return how many bytes are valid characters, and how many of them are beyond ASCII.

    Block by block, so that a large file is not copied whole.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    valid = multiple = 0
    for start in range(0, len(raw), _BLOCK):
        text = decoder.decode(raw[start : start + _BLOCK])
        size = len(text.encode())
        valid += size
        if size > len(text):
            multiple += size - len(text.encode("ascii", "ignore"))
    return valid, multiple


def _has_whole_runs(raw: bytes) -> bool:
    """Return whether enough of the runs of high bytes are valid as a whole."""
    broken = weight = 0
    for match in _RUN.finditer(raw):
        run = match.group()
        try:
            text = run.decode()
        except UnicodeDecodeError:
            if len(run) > _MAX_BROKEN_RUN:
                return False
            broken += 1
            continue
        if _ODD.search(text):
            broken += 1
        else:
            weight += len(run) - len(text)  # 1 for two bytes, 2 for three: the less chance
    return weight > 0 and broken <= _STRAYS_PER_CHARACTER * weight

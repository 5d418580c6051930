"""Tests how bytes become text in a known encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_encoding.decoding import Decoded, count_faults, decode, is_readable, read_utf8
from copydesk_encoding.labels import find_codec


@pytest.mark.parametrize(
    ("raw", "label", "text", "replaced"),
    [
        (b"caf\xc3\xa9", "utf-8", "café", 0),
        (b"caf\xe9 \x93", "utf-8", "café “", 2),
        (b"\xe4\xb8 \xe4\xb8", "utf-8", "\ufffd \ufffd", 2),
        (b"a\x81b", "windows-1252", "a\x81b", 1),
        (b"a\xd2b", "windows-1253", "a\ufffdb", 1),
        (b"a\xff\x41", "gb18030", "a\ufffdA", 1),
        (b"\xef\xbb\xbfa", "windows-1252", "a", 0),
        (b"\xff\xfea\0", "utf-16le", "a", 0),
        (b"a\0b", "utf-16le", "a\ufffd", 1),
    ],
)
def test_faults_are_replaced_and_counted(raw: bytes, label: str, text: str, replaced: int) -> None:
    """What an encoding cannot read becomes one character each, and is counted."""
    assert (text, replaced) == (decode(raw, label).text, decode(raw, label).replaced)


@pytest.mark.parametrize(
    ("raw", "readable"),
    [("新聞".encode("big5"), True), ("新聞".encode("big5")[:-1], True), (b"\xff\xff a", False)],
)
def test_cut_text_is_readable(raw: bytes, readable: bool) -> None:
    """A last character that breaks off is no fault of the encoding."""
    assert readable == is_readable(raw, "big5")


def test_unknown_label_is_refused() -> None:
    """A label that names no encoding raises LookupError."""
    with pytest.raises(LookupError):
        decode(b"a", "utf-9")


@given(st.binary(), st.sampled_from(["utf-8", "windows-1252", "shift_jis", "euc-jp", "big5"]))
def test_counts_agree(raw: bytes, label: str) -> None:
    """Counting the faults gives what decoding reports."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")

    assert decode(raw, label).replaced == count_faults(raw, label)


@pytest.mark.parametrize("before", [0, 10, 17_000_000])
@pytest.mark.parametrize(
    ("end", "text"), [(b"", ""), ("é–".encode(), "é–"), (b"\xe9", None), (b"\xc3", None)]
)
def test_utf8_is_read_or_not(before: int, end: bytes, text: str | None) -> None:
    """A text is read only if all of it is valid, however late the fault comes."""
    expected = None if text is None else "a" * before + text

    assert expected == read_utf8(b"a" * before + end)


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("l’été ".encode() * 300_000 + b"\x93\xe2\x80", "utf-8"),
        ("中文新闻".encode("gb18030") * 200_000 + b"\xff\x81", "gb18030"),
        (b"\x81\xe9" * 1_000_000, "windows-1252"),
    ],
)
def test_large_files_are_read_like_small_ones(raw: bytes, label: str) -> None:
    """Reading block by block gives what reading at once gives, and counts the same faults."""
    codec = find_codec(label)
    handler = "copydesk.mend" if label == "utf-8" else "copydesk.control"
    handler = handler if label != "gb18030" else "replace"
    text = raw.decode(codec, handler)

    assert Decoded(text, len(text) - len(raw.decode(codec, "ignore"))) == decode(raw, label)

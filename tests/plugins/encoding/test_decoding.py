"""Tests how bytes become text in a known encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_encoding.decoding import count_faults, decode, is_readable


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

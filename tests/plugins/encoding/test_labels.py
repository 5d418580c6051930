"""Tests the names of encodings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_encoding.labels import find_codec, find_label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ISO-8859-1", "windows-1252"),
        (" latin1 ", "windows-1252"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("cp949", "euc-kr"),
        ("cp932", "shift_jis"),
        ("big5hkscs", "big5"),
        ("tis-620", "windows-874"),
        ("iso8859-9", "windows-1254"),
        ("iso8859-2", "iso-8859-2"),
        ("mac-roman", "macintosh"),
        ("cp437", "cp437"),
        ("iso2022_kr", "iso-2022-kr"),
        ("utf-32-le", "utf-32le"),
        ("rot13", None),
        ("UNDEFINED", None),
        ("unicode_escape", None),
        ("no such", None),
        ("a\0b", None),
    ],
)
def test_names_become_labels(name: str, label: str | None) -> None:
    """Each name has the WHATWG label of its true superset, or its own, or none."""
    assert label == find_label(name)


@given(st.text(max_size=12))
def test_labels_can_be_decoded(name: str) -> None:
    """Whatever a page declares, a label that is found can decode."""
    label = find_label(name)

    assert label is None or "a" == "a".encode(find_codec(label)).decode(find_codec(label))


@pytest.mark.parametrize(
    ("label", "codec"), [("gb18030", "gb18030"), ("euc-kr", "cp949"), ("utf-32le", "utf-32-le")]
)
def test_labels_have_codecs(label: str, codec: str) -> None:
    """Each label is read by the codec that reads the most."""
    assert codec == find_codec(label)

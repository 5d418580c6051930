"""Tests what a page declares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_encoding.declaration import find_declared


@pytest.mark.parametrize(
    ("page", "label"),
    [
        (b"<meta charset=koi8-r>", "koi8-r"),
        (b"<META CHARSET = 'KOI8-R' >", "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        (b'<meta content="text/html; charset=gb2312">', None),
        (b"<!-- <meta charset=koi8-r> -->", None),
        (b"<!-- a > b --><meta charset=big5>", "big5"),
        (b"<p title='<meta charset=big5>'>", None),
        (b"<meta charset=nonsense><meta charset=big5>", "big5"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<?xml version='1.0' encoding='koi8-r'?><a/>", "koi8-r"),
        (b'<?xml version="1.0" encoding="none"?><meta charset=big5>', "big5"),
        (b"<" * 20 + b"meta charset=big5>", "big5"),
        (b"<!-- " + b"x" * 9000 + b" --><meta charset=big5>", "big5"),
        (b" " * 16384 + b"<meta charset=big5>", None),
        (b'<meta charset=iso8859-2">', None),
        (b"<meta charset=big5", None),
        (b"charset=big5", None),
        (b"", None),
    ],
)
def test_declarations_are_read(page: bytes, label: str | None) -> None:
    """The first declaration that names an encoding counts, as in browsers."""
    assert label == find_declared(page)


@given(st.lists(st.sampled_from([b"<", b"meta ", b"charset=", b"big5", b">", b"'", b"<!--", b"/"])))
def test_any_markup_is_survived(pieces: list[bytes]) -> None:
    """No markup, however broken, makes the reader fail or hang."""
    assert find_declared(b"".join(pieces)) in {None, "big5"}

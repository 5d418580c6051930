"""Media types, from names and from content."""

from __future__ import annotations

import pytest

from copydesk.media_type import media_type_of, sniff


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text/plain"),
        ("b/A.HTML", "text/html"),
        ("a.htm.gz", "text/html"),
        ("notes.md", "text/markdown"),
        ("a.gz", "application/octet-stream"),
        ("html", "application/octet-stream"),
        ("dir.html/readme", "application/octet-stream"),
    ],
)
def test_name_promises_a_type(name: str, expected: str) -> None:
    """The ending of a name, before a final `.gz`, says the media type."""
    assert expected == media_type_of(name)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<!DOCTYPE html><p>x", "text/html"),
        (b"\xef\xbb\xbf\n <HTML lang=de>", "text/html"),
        ("<html>".encode("utf-16"), "text/html"),
        (b"The <html> tag opens a page", "text/plain"),
        (b"<p>perhaps a quotation", "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_page_named_txt_is_html(raw: bytes, expected: str) -> None:
    """Content that opens as HTML overrules `text/plain`, nothing less does."""
    assert expected == sniff(raw, "text/plain")


def test_declared_html_stays() -> None:
    """A page without a single tag is still what its name says."""
    assert "text/html" == sniff(b"plain words", "text/html")


def test_xhtml_is_html() -> None:
    """A condition of a chain for HTML holds for XHTML, whatever it begins with."""
    raw = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'

    assert "application/xhtml+xml" == media_type_of("a.xhtml")
    assert "text/html" == sniff(raw, media_type_of("a.xhtml"))

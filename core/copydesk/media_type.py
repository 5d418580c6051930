"""Tells the IANA media type of an item from its name and its first bytes."""

from __future__ import annotations

import re

UNKNOWN = "application/octet-stream"
_XHTML = "application/xhtml+xml"
_BY_ENDING = {
    "txt": "text/plain",
    "text": "text/plain",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": _XHTML,
    "md": "text/markdown",
    "markdown": "text/markdown",
}

# The openings of the WHATWG MIME sniffing standard that mean HTML, after white space; `<p` and its
# like are left out, since plain text may quote them.
_HTML = re.compile(rb"[\t\n\f\r ]*<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def media_type_of(name: str) -> str:
    """Return the media type that a file name promises; a final `.gz` is looked through."""
    parts = name.lower().rsplit("/", 1)[-1].split(".")
    if parts[-1] == "gz":
        parts.pop()
    return _BY_ENDING.get(parts[-1], UNKNOWN) if len(parts) > 1 else UNKNOWN


def sniff(raw: bytes, declared: str) -> str:
    """Return the media type of `raw`, where its content is plainer than what was declared.

    A page named `.txt` is HTML all the same, and so is XHTML to whatever reads pages, so that no
    condition of a chain need tell them apart; nothing else is overruled.
    """
    if declared == _XHTML:
        return "text/html"
    if declared not in {"text/plain", UNKNOWN}:
        return declared
    head = raw[:512]
    if head[:1].isalnum():
        return declared  # as most plain text begins
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return "text/html" if _HTML.match(head.replace(b"\0", b"")) else declared

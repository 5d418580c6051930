"""Finds the encoding that a page or its transport declares."""

from __future__ import annotations

import re

from copydesk_encoding.labels import find_label

PRESCAN_BYTES = 16384
"""How far a declaration is sought. Browsers look at 1,024 bytes first, and start again when they
meet one later; a page whose scripts come before it is read alike by both."""
_SPACE = b"\t\n\f\r /"
_XML = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*(?:\"([^\"]{1,40})\"|'([^']{1,40})')")
_CHARSET = re.compile(
    rb"charset[\t\n\f\r ]*=[\t\n\f\r ]*(\"[^\"]*\"|'[^']*'|[^\"'\t\n\f\r ;][^\t\n\f\r ;]*)",
    re.IGNORECASE,
)
_META = re.compile(rb"<meta[\t\n\f\r /]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][^\t\n\f\r >]*", re.IGNORECASE)


def find_declared(raw: bytes) -> str | None:
    """Return the label of the encoding that an HTML or XML page declares near its start, or None.

    The meta elements are read as the WHATWG prescan does; an XML declaration counts before them.
    """
    head = raw[:PRESCAN_BYTES]
    if b"<" not in head:
        return None
    found = _XML.match(head.lstrip())
    if found is not None:
        label = _name(found[1] or found[2])
        if label is not None:
            return _correct(label)
    return prescan(head)


def prescan(head: bytes) -> str | None:
    """Return the label that the meta elements in `head` declare, by the WHATWG algorithm."""
    at = 0
    while (at := head.find(b"<", at)) >= 0:
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 2)
            if end < 0:
                return None
            at = end + 3
        elif _META.match(head, at):
            label, at = _read_meta(head, at + 5)
            if label is not None:
                return label
        elif tag := _TAG.match(head, at):
            at = tag.end()
            while (pair := _read_attribute(head, at)) and pair[0]:
                at = pair[2]
            at = pair[2]
        elif head[at + 1 : at + 2] in (b"!", b"/", b"?") and head[at + 1 : at + 2]:
            end = head.find(b">", at)
            if end < 0:
                return None
            at = end + 1
        else:
            at += 1
    return None


def _read_meta(head: bytes, at: int) -> tuple[str | None, int]:
    """Return the label that one meta element declares, and where its attributes end."""
    attributes: dict[bytes, bytes] = {}
    while True:
        name, value, at = _read_attribute(head, at)
        if not name:
            break
        attributes.setdefault(name, value)
    if at >= len(head):
        return None, at  # the element does not end within what is read
    label = None
    if b"charset" in attributes:
        label = _name(attributes[b"charset"])
    elif attributes.get(b"http-equiv", b"").lower() == b"content-type":
        label = _name(_extract(attributes.get(b"content", b"")))
    return (None if label is None else _correct(label)), at


def _read_attribute(head: bytes, at: int) -> tuple[bytes, bytes, int]:
    """Return name and value of the next attribute, lower-cased, and where it ends."""
    length = len(head)
    while at < length and head[at] in _SPACE:
        at += 1
    if at >= length or head[at] == 0x3E:
        return b"", b"", at
    start = at
    while at < length and head[at] not in b"\t\n\f\r />" and not (head[at] == 0x3D and at > start):
        at += 1
    name = head[start:at].lower()
    spaced = at
    while spaced < length and head[spaced] in b"\t\n\f\r ":
        spaced += 1
    if head[spaced : spaced + 1] != b"=":
        return name, b"", at
    at = spaced + 1
    while at < length and head[at] in b"\t\n\f\r ":
        at += 1
    return (name, *_read_value(head, at))


def _read_value(head: bytes, at: int) -> tuple[bytes, int]:
    quote = head[at : at + 1]
    if quote in (b'"', b"'") and quote:
        end = head.find(quote, at + 1)
        return (head[at + 1 : end].lower(), end + 1) if end >= 0 else (b"", len(head))
    start = at
    while at < len(head) and head[at] not in b"\t\n\f\r >":
        at += 1
    return head[start:at].lower(), at


def _extract(content: bytes) -> bytes:
    found = _CHARSET.search(content)
    return found[1].strip(b"\"'") if found else b""


def _name(label: bytes) -> str | None:
    return find_label(label.decode("ascii", "replace").strip("\t\n\f\r ")) if label else None


def _correct(label: str) -> str:
    """Read a claim of UTF-16 as UTF-8: a page whose meta can be read by the byte is not UTF-16."""
    return "utf-8" if label.startswith(("utf-16", "utf-32")) else label

"""Reads one part of a mail: what it is, what it is called, and its bytes."""

from __future__ import annotations

import re
from binascii import a2b_base64
from email.errors import InvalidBase64LengthDefect, InvalidBase64PaddingDefect
from email.message import Message

from attrs import frozen

FORMS = {"text/plain": "text", "text/html": "html"}
"""The media types that the text of a mail can have, and what the item is called."""
_LONGEST_TYPE = 100  # characters
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/]+")


@frozen
class Text:
    """The text that one part holds."""

    part: Message
    content: bytes
    """Without its transfer encoding."""
    charset: str | None
    """As it is declared."""
    is_cut: bool
    """Whether its transfer encoding ends too early."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to be seen in it."""
        text = _decode(self.content, self.charset, "replace")
        return not any(char.isprintable() and char != " " for char in text)

    def to_utf8(self) -> bytes:
        """Return it in UTF-8; bytes that are wrong in its charset stay, for others to see."""
        try:
            text = _decode(self.content, self.charset, "surrogateescape")
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # half a character, which some charsets can write
            return self.content


def read_text(part: Message) -> Text:
    """Return the bytes of a part, as far as they can be decoded."""
    found = part.get_payload(decode=True)
    content = found if isinstance(found, bytes) else b""
    defects = {type(defect) for defect in part.defects}
    if InvalidBase64LengthDefect in defects:
        content = _decode_base64(content)
    is_cut = not defects.isdisjoint({InvalidBase64LengthDefect, InvalidBase64PaddingDefect})
    return Text(part, content, _charset_of(part), is_cut)


def type_of(part: Message) -> str:
    """Return the media type, no longer than one can be."""
    return part.get_content_type()[:_LONGEST_TYPE]


def name_of(part: Message) -> str | None:
    """Return its file name, None where it has none; raises `ValueError` for a damaged head."""
    try:
        return part.get_filename()
    except (TypeError, LookupError) as error:  # what the library says of parameters that clash
        raise ValueError from error


def is_attachment(part: Message) -> bool:
    """Return whether it lies beside the text: a text with a name alone is still the text."""
    if part.get_content_disposition() == "attachment":
        return True
    try:
        return type_of(part) not in FORMS and name_of(part) is not None
    except ValueError:
        return True


def _charset_of(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (TypeError, LookupError, ValueError):
        return None


def _decode_base64(raw: bytes) -> bytes:
    """Return what whole groups of four hold; the library returns nothing of a broken last one."""
    letters = _FOREIGN.sub(b"", raw.partition(b"=")[0])
    return a2b_base64(letters[: len(letters) // 4 * 4])


def _decode(content: bytes, charset: str | None, errors: str) -> str:
    try:
        return content.decode(charset or "utf-8", errors)
    except (LookupError, ValueError):
        return content.decode("utf-8", errors)

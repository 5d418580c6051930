"""Reads the head of a mail: who wrote it, when, about what."""

from __future__ import annotations

import re
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from copydesk.api import Metadata

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_metadata(mail: Message) -> Metadata:
    """Return subject, senders and date, as far as they can be read."""
    senders = getaddresses([_find(mail, "from")])
    return Metadata(
        title=decode_words(_find(mail, "subject")) or None,
        authors=tuple(decode_words(name) or address for name, address in senders if address),
        published=_read_date(_find(mail, "date")),
    )


def decode_words(value: str) -> str:
    """Return a header in Unicode, on one line; what cannot be decoded stays as it is."""
    with suppress(MessageError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return _SURROGATE.sub("\ufffd", " ".join(value.split()))


def _find(mail: Message, name: str) -> str:
    """Return a header as it stands, with bytes that are not ASCII taken for UTF-8."""
    for one, value in mail.raw_items():
        if one.lower() == name:
            return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return ""


def _read_date(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None

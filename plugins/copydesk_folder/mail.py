"""Reads a mail in a file: its text, and what its head says."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from hashlib import sha256

from copydesk.api import Item, Listed, Skipped, Unreadable
from copydesk_folder.container import DamageError, Place
from copydesk_folder.content import read_file
from copydesk_folder.mail_head import decode_words, read_metadata
from copydesk_folder.member import CHANGED
from copydesk_folder.names import to_uri

_FORMS = {"text": "text/plain", "html": "text/html"}


class Mail:
    """A mail, whose one item is its text or its HTML."""

    def __init__(self, place: Place) -> None:
        """Take note of it; it is read when it is needed."""
        self._place = place

    def members(self) -> Iterator[Listed]:
        """Yield the text, and every other part as left out."""
        mail = self._parse()
        body = self._find_body(mail)
        names = [part.get_content_type() for part in _leaves(mail)]
        if body is None:
            yield Unreadable(self._place.uri, f"a mail without text: it holds {', '.join(names)}")
            return
        form, chosen = body
        content = _decode(chosen)
        yield Item(
            self._place.uri,
            form,
            _FORMS[form],
            chosen.get_content_charset(),
            len(content),
            self._place.modified,
            sha256(content).hexdigest(),
            metadata=read_metadata(mail),
        )
        for number, part in enumerate(_leaves(mail), 1):
            if part is not chosen:
                yield self._skip(part, number)

    def read(self, item: Item) -> bytes:
        """Return the text."""
        body = self._find_body(self._parse())
        content = b"" if body is None else _decode(body[1])
        if body is None or sha256(content).hexdigest() != item.sha256:
            raise DamageError(CHANGED)
        return content

    def close(self) -> None:
        """Do nothing: the file is not kept open."""

    def _parse(self) -> Message:
        place, most = self._place, self._place.options.max_bytes
        if place.size > most:
            raise DamageError(f"{place.size} bytes, more than max_bytes ({most})")
        mail = message_from_bytes(read_file(place.path, place.size, most))
        if not mail.keys():
            raise DamageError("it is no mail: it has no head")
        return mail

    def _find_body(self, mail: Message) -> tuple[str, Message] | None:
        """Return the first part in the wanted form, or in the other; attachments do not count."""
        found: dict[str, Message] = {}
        for part in _leaves(mail):
            if not _is_attachment(part):
                found.setdefault(part.get_content_type(), part)
        wanted = self._place.options.mail_part
        for form in sorted(_FORMS, key=lambda form: form != wanted):
            if _FORMS[form] in found:
                return form, found[_FORMS[form]]
        return None

    def _skip(self, part: Message, number: int) -> Skipped:
        name = part.get_filename()
        what = "an attachment" if _is_attachment(part) else "another part of the mail"
        label = f"part {number} {to_uri(decode_words(name))}" if name else f"part {number}"
        return Skipped(f"{self._place.uri}#{label}", f"{what} ({part.get_content_type()})")


def _leaves(mail: Message) -> list[Message]:
    return [part for part in mail.walk() if not part.is_multipart()]


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None


def _decode(part: Message) -> bytes:
    """Return the bytes of a part, without their transfer encoding."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


open_container = Mail

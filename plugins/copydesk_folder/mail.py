"""Reads a mail in a file: its text, and what its head says."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from hashlib import sha256

from copydesk.api import Item, Listed, Skipped
from copydesk_folder.container import DamageError, Place
from copydesk_folder.content import read_file
from copydesk_folder.mail_body import Body, describe_parts, find_body, find_damage, leaves
from copydesk_folder.mail_head import decode_words, read_metadata
from copydesk_folder.mail_part import is_attachment, name_of, type_of
from copydesk_folder.member import CHANGED
from copydesk_folder.names import to_uri


class Mail:
    """A mail, whose one item is its text or its HTML."""

    def __init__(self, place: Place) -> None:
        """Take note of it; it is read when it is needed."""
        self._place = place

    def members(self) -> Iterator[Listed]:
        """Yield the text, and every other part as left out; raises `DamageError` for a cut one."""
        mail = self._parse()
        body = self._find_body(mail)
        damage = find_damage(mail, body, self._place.size)
        if body is None:
            raise DamageError(damage or f"a mail without text: it holds {describe_parts(mail)}")
        content = body.content
        yield Item(
            self._place.uri,
            body.form,
            body.media_type,
            body.charset,
            len(content),
            self._place.modified,
            sha256(content).hexdigest(),
            metadata=read_metadata(mail),
        )
        chosen = {id(text.part) for text in body.texts}
        for number, part in enumerate(leaves(mail), 1):
            if id(part) not in chosen:
                yield self._skip(part, number)
        if damage:
            raise DamageError(damage)

    def read(self, item: Item) -> bytes:
        """Return the text."""
        body = self._find_body(self._parse())
        content = b"" if body is None else body.content
        if body is None or sha256(content).hexdigest() != item.sha256:
            raise DamageError(CHANGED)
        return content

    def close(self) -> None:
        """Do nothing: the file is not kept open."""

    def _parse(self) -> Message:
        place, most = self._place, self._place.options.max_bytes
        if place.size > most:
            raise DamageError(f"{place.size} bytes, more than max_bytes ({most})")
        raw = read_file(place.path, place.size, most)
        try:
            mail = message_from_bytes(raw)
        except (TypeError, LookupError, ValueError) as error:  # of parameters that clash
            raise DamageError("damaged: the boundary that its head names cannot be read") from error
        if not mail.keys():
            raise DamageError("it is no mail: it has no head")
        return mail

    def _find_body(self, mail: Message) -> Body | None:
        return find_body(mail, self._place.options.mail_part)

    def _skip(self, part: Message, number: int) -> Skipped:
        label = f"part {number}"
        what = "an attachment" if is_attachment(part) else "another part of the mail"
        what += f" ({type_of(part)})"
        try:
            name = name_of(part)
        except ValueError:
            name, what = None, f"{what}; its head is damaged"
        label += f" {to_uri(decode_words(name))}" if name else ""
        return Skipped(f"{self._place.uri}#{label}", what)


open_container = Mail

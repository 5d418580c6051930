"""Finds the text among the parts of a mail, as a mail program shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from typing import cast

from attrs import frozen

from copydesk_folder.mail_part import FORMS, Text, is_attachment, read_text, type_of

_WIDE = ("utf-16", "utf16", "utf-32", "utf32")
_FEW = 5  # media types that a message names


@frozen
class Body:
    """The text of a mail, of one part or of several that are shown one after the other."""

    form: str
    """`text` or `html`."""
    media_type: str
    texts: Sequence[Text]

    @property
    def charset(self) -> str | None:
        """What the content is encoded in, as far as that is told."""
        return self.texts[0].charset if self._is_alike else "utf-8"

    @property
    def content(self) -> bytes:
        """The bytes of the parts, each from a new line, as they came where that is possible."""
        first, *others = [text.content if self._is_alike else text.to_utf8() for text in self.texts]
        for other in others:
            first += other if first.endswith(b"\n") else b"\n" + other
        return first

    @property
    def _is_alike(self) -> bool:
        """Whether all parts have one charset, in which a line ends as in ASCII."""
        charsets = {text.charset for text in self.texts}
        wide = any(charset and charset.startswith(_WIDE) for charset in charsets)
        return len(self.texts) == 1 or (len(charsets) == 1 and not wide)


def find_body(mail: Message, wanted: str) -> Body | None:
    """Return the text in the form that is wanted, or in the other; attachments do not count."""
    shown = _show(mail)
    for media_type, form in sorted(FORMS.items(), key=lambda one: one[1] != wanted):
        if media_type in shown:
            return Body(form, media_type, shown[media_type])
    return None


def leaves(mail: Message) -> Iterator[Message]:
    """Yield the parts that are no groups of parts; a mail within the mail is one part."""
    if _is_group(mail):
        for part in _children(mail):
            yield from leaves(part)
    else:
        yield mail


def find_damage(mail: Message, body: Body | None, size: int) -> str:
    """Return where a mail in a file of some size is damaged, as far as that can be seen."""
    found = {type(defect) for defect in mail.defects}
    if StartBoundaryNotFoundDefect in found:
        return f"damaged: it ends after {size} bytes, and none of its parts begins before"
    if CloseBoundaryNotFoundDefect in found:
        return (
            f"damaged: it ends after {size} bytes without the line that closes its parts, "
            "so the last of them may be cut"
        )
    for text in body.texts if body else ():
        if text.is_cut:
            return f"damaged: its text ends after {len(text.content)} bytes, in the midst of base64"
    return ""


def describe_parts(mail: Message) -> str:
    """Return which media types a mail without text holds."""
    found = Counter(
        f"blank {type_of(part)}" if _is_shown(part) else type_of(part) for part in leaves(mail)
    )
    named = [f"{count} {name}" if count > 1 else name for name, count in found.most_common(_FEW)]
    more = f" and {len(found) - _FEW} other types" if len(found) > _FEW else ""
    return ", ".join(named) + more


def _show(part: Message) -> dict[str, list[Text]]:
    """Return the texts that are shown of a part, by media type."""
    if not _is_group(part):
        if not _is_shown(part):
            return {}
        text = read_text(part)
        return {} if text.is_blank else {type_of(part): [text]}
    shown = [found for found in map(_show, _children(part)) if found]
    if part.get_content_subtype() == "alternative":
        return {name: texts for found in reversed(shown) for name, texts in found.items()}
    if part.get_content_subtype() == "related":
        return shown[0] if shown else {}  # the others are for links in it
    return _join(shown)


def _join(shown: Sequence[dict[str, list[Text]]]) -> dict[str, list[Text]]:
    """Return what is shown of parts that follow each other.

    Plain text after HTML alone is what a mailing list puts below: it does not stand for the HTML.
    HTML after plain text alone is mostly the same once more: it can be taken in its stead.
    """
    joined: dict[str, list[Text]] = {}
    for number, found in enumerate(shown):
        for name, texts in found.items():
            if not number or name in joined or name == "text/html":
                joined[name] = joined.get(name, []) + texts
    return joined


def _is_shown(part: Message) -> bool:
    return type_of(part) in FORMS and not is_attachment(part)


def _children(part: Message) -> Sequence[Message]:
    return cast("Sequence[Message]", part.get_payload())


def _is_group(part: Message) -> bool:
    return part.is_multipart() and part.get_content_maintype() != "message"

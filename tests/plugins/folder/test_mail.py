"""Mails among the files of a folder."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from hashlib import sha256
from pathlib import Path

import pytest
from tests.plugins.folder.shelf import contents, items, skipped, unreadable

from copydesk.api import DocumentError
from copydesk_folder.folder import Folder
from copydesk_folder.options import Options


def mail() -> EmailMessage:
    """Return a mail with text, HTML and a photo."""
    message = EmailMessage()
    message["From"] = '"Müller, Jörg" <joerg@news.example>, desk@news.example'
    message["Subject"] = "Größe zählt – ein Überblick über alles, was in eine Zeile nicht passt"
    message["Date"] = "Fri, 17 May 2024 12:30:00 +0200"
    message.set_content("Schöner Text.\n", charset="iso-8859-1")
    message.add_alternative("<p>Schönes HTML.</p>\n", subtype="html")
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="a.jpg")
    return message


def test_text_is_the_item(tmp_path: Path) -> None:
    """The text of a mail is its one item, in the bytes and the charset that it came in."""
    (tmp_path / "x.eml").write_bytes(mail().as_bytes())

    (item,) = items(tmp_path).values()

    assert ("x.eml#text", "text/plain", "iso-8859-1") == (item.key, item.media_type, item.charset)
    assert {"x.eml#text": "Schöner Text.\n".encode("latin-1")} == contents(tmp_path)
    assert sha256("Schöner Text.\n".encode("latin-1")).hexdigest() == item.sha256


def test_html_if_it_is_wanted(tmp_path: Path) -> None:
    """An option takes the HTML where there is both."""
    (tmp_path / "x.eml").write_bytes(mail().as_bytes())

    found = contents(tmp_path, mail_part="html")

    assert {"x.eml#html": "<p>Schönes HTML.</p>\n".encode()} == found


def test_html_if_there_is_no_text(tmp_path: Path) -> None:
    """A mail in HTML alone is an item, whatever form is wanted."""
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("<p>x", subtype="html")
    (tmp_path / "x.eml").write_bytes(message.as_bytes())

    assert "text/html" == items(tmp_path)["x.eml#html"].media_type


def test_head_is_metadata(tmp_path: Path) -> None:
    """Subject, senders and date come with the item, decoded."""
    (tmp_path / "x.eml").write_bytes(mail().as_bytes())

    (item,) = items(tmp_path).values()

    assert "Größe zählt – ein Überblick über alles, was in eine Zeile nicht passt" == (
        item.metadata.title
    )
    assert ("Müller, Jörg", "desk@news.example") == item.metadata.authors
    assert "2024-05-17T12:30:00+02:00" == item.metadata.published


def test_other_parts_are_left_out(tmp_path: Path) -> None:
    """Attachments and the other form are rows that say so."""
    (tmp_path / "x.eml").write_bytes(mail().as_bytes())

    assert {
        "x.eml#part 2": "another part of the mail (text/html)",
        "x.eml#part 3 a.jpg": "an attachment (image/jpeg)",
    } == skipped(tmp_path)


def test_attached_text_is_not_the_text(tmp_path: Path) -> None:
    """A text that is attached is not mistaken for the mail."""
    message = EmailMessage()
    message["Subject"] = "x"
    message.add_attachment("notes", filename="notes.txt")
    (tmp_path / "x.eml").write_bytes(message.as_bytes())

    assert {"x.eml": "a mail without text: it holds text/plain"} == unreadable(tmp_path)


def test_mail_without_text(tmp_path: Path) -> None:
    """A mail without text is a row in quarantine that says what it holds."""
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content(b"%PDF", maintype="application", subtype="pdf")
    (tmp_path / "x.eml").write_bytes(message.as_bytes())

    assert {"x.eml": "a mail without text: it holds application/pdf"} == unreadable(tmp_path)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "it is no mail: it has no head"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is no mail: it has no head"),
        (b"Subject: x\n\n" + b"x" * 2000, "2012 bytes, more than max_bytes (1000)"),
    ],
)
def test_no_mail(tmp_path: Path, raw: bytes, words: str) -> None:
    """A file that is only called `.eml`, or is too large, is one row that says so."""
    (tmp_path / "x.eml").write_bytes(raw)

    assert {"x.eml": words} == unreadable(tmp_path, max_bytes=1000)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (b"Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?= world", "grüße world"),
        ("Subject: grüße, not encoded".encode(), "grüße, not encoded"),
        ("Subject: grüße".encode("latin-1"), "gr\ufffd\ufffde"),
        (b"Subject: =?no-such-charset?q?a?= b", "=?no-such-charset?q?a?= b"),
        (b"Subject: folded\r\n over two lines", "folded over two lines"),
        (b"Subject:", None),
        (b"X: y", None),
    ],
)
def test_subjects(tmp_path: Path, head: bytes, title: str | None) -> None:
    """A subject is read in every form that is found, and kept as it is where it cannot be."""
    (tmp_path / "x.eml").write_bytes(head + b"\r\n\r\ntext")

    assert title == items(tmp_path)["x.eml#text"].metadata.title


@pytest.mark.parametrize("date", [b"yesterday", b"", b"Fri, 99 May 99999 99:99:99 +9999"])
def test_date_that_is_none(tmp_path: Path, date: bytes) -> None:
    """A date that cannot be read is left out."""
    (tmp_path / "x.eml").write_bytes(b"Date: " + date + b"\r\n\r\ntext")

    assert items(tmp_path)["x.eml#text"].metadata.published is None


def test_nested_without_end(tmp_path: Path) -> None:
    """Parts in parts by the thousand are damage, not the end of the run."""
    level = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'
    (tmp_path / "x.eml").write_bytes(b"".join(level % (n, n) for n in range(1100)))
    (tmp_path / "y.eml").write_bytes(b"Subject: x\r\n\r\ntext")

    assert ["x.eml"] == list(unreadable(tmp_path))
    assert {"y.eml#text": b"text"} == contents(tmp_path)


def test_mail_that_changes_between(tmp_path: Path) -> None:
    """A mail that has been replaced since the listing is not mistaken."""
    (tmp_path / "x.eml").write_bytes(b"Subject: x\r\n\r\ntext")
    item = items(tmp_path)["x.eml#text"]
    (tmp_path / "x.eml").write_bytes(b"Subject: x\r\n\r\nother")

    with pytest.raises(DocumentError, match="changed since it was listed"):
        Folder(Options(tmp_path)).read(item)


def group(kind: str, *parts: MIMEBase) -> bytes:
    """Return a mail whose parts are grouped in some way."""
    return grouped(kind, *parts).as_bytes()


def grouped(kind: str, *parts: MIMEBase) -> MIMEMultipart:
    """Return a group of parts."""
    message = MIMEMultipart(kind, boundary=f"b-{kind}")
    message["Subject"] = "x"
    for part in parts:
        message.attach(part)
    return message


def text(words: str, kind: str = "plain", charset: str = "utf-8") -> MIMEText:
    """Return a part with text."""
    return MIMEText(words, kind, charset)


def attached(words: str) -> MIMEMessage:
    """Return a part that is a whole mail."""
    return MIMEMessage(text(words))


def picture() -> MIMEImage:
    """Return a part that is no text."""
    return MIMEImage(b"x", "png", name="a.png")


def test_attached_mail_is_one_part(tmp_path: Path) -> None:
    """The text of a mail that is attached to another is not that other mail's text."""
    (tmp_path / "x.eml").write_bytes(group("mixed", text("<p>outer", "html"), attached("inner")))
    (tmp_path / "y.eml").write_bytes(group("mixed", attached("inner")))

    assert {"x.eml#html": b"<p>outer"} == contents(tmp_path)
    assert {"x.eml#part 2": "another part of the mail (message/rfc822)"} == skipped(tmp_path)
    assert {"y.eml": "a mail without text: it holds message/rfc822"} == unreadable(tmp_path)


@pytest.mark.parametrize("blank", ["", " \r\n\r\n", "\u00a0\n", "\u200b\ufeff"])
def test_blank_text_is_none(tmp_path: Path, blank: str) -> None:
    """A text in which there is nothing to be seen is passed over for the HTML."""
    raw = group("alternative", text(blank), text("<p>all", "html"))
    (tmp_path / "x.eml").write_bytes(raw)
    (tmp_path / "y.eml").write_bytes(group("mixed", text(blank)))

    assert {"x.eml#html": b"<p>all"} == contents(tmp_path)
    assert {"y.eml": "a mail without text: it holds blank text/plain"} == unreadable(tmp_path)


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_texts_around_a_picture(tmp_path: Path, kind: str) -> None:
    """Texts that follow each other are one text, whatever lies between them."""
    raw = group("mixed", text("one", kind), picture(), text("two\n", kind), text("three", kind))
    (tmp_path / "x.eml").write_bytes(raw)

    assert [b"one\ntwo\nthree"] == list(contents(tmp_path).values())
    assert {"x.eml#part 2 a.png": "an attachment (image/png)"} == skipped(tmp_path)


@pytest.mark.parametrize(
    ("charsets", "charset"),
    [
        (("latin-1", "utf-8"), "utf-8"),
        (("utf-16", "utf-16"), "utf-8"),
        (("iso-8859-1", "iso-8859-1"), "iso-8859-1"),
    ],
)
def test_texts_in_several_charsets(tmp_path: Path, charsets: list[str], charset: str) -> None:
    """Texts of one charset are joined as they came; others are joined in UTF-8, and say so."""
    raw = group("mixed", *(text("grüße", charset=one) for one in charsets))
    (tmp_path / "x.eml").write_bytes(raw)

    (item,) = items(tmp_path).values()

    assert charset == item.charset
    assert ["grüße\ngrüße".encode(charset)] == list(contents(tmp_path).values())


def test_bytes_that_are_wrong_stay_when_texts_are_joined(tmp_path: Path) -> None:
    """What is wrong in its charset is left for the encoding step to count."""
    wrong = [
        b"Content-Type: text/plain; charset=ascii\r\n\r\ngr\xfc\xdfe",
        b"Content-Type: text/plain; charset=klingon\r\n\r\n\xff",
        b"Content-Type: text/plain; charset=utf-7\r\n\r\na+2AA-",
    ]
    head = b"Content-Type: multipart/mixed; boundary=b\r\n"
    body = b"".join(b"\r\n--b\r\n" + part for part in wrong) + b"\r\n--b--"
    (tmp_path / "x.eml").write_bytes(head + body)

    assert {"x.eml#text": b"gr\xfc\xdfe\n\xff\na+2AA-"} == contents(tmp_path)


@pytest.mark.parametrize(
    ("part", "form", "found"),
    [
        ("text", "html", {"x.eml#html": b"<p>body"}),
        ("html", "html", {"x.eml#html": b"<p>body"}),
        ("text", "plain", {"x.eml#text": b"<p>body\nfooter"}),
    ],
)
def test_footer_of_a_list(tmp_path: Path, part: str, form: str, found: dict[str, bytes]) -> None:
    """A footer in plain text is added to plain text, and does not take the place of HTML."""
    raw = group("mixed", text("<p>body", form), text("footer"))
    (tmp_path / "x.eml").write_bytes(raw)

    assert found == contents(tmp_path, mail_part=part)


def test_html_after_text(tmp_path: Path) -> None:
    """HTML that follows plain text, not as its alternative, is taken where HTML is wanted."""
    (tmp_path / "x.eml").write_bytes(group("mixed", text("plain"), text("<p>html", "html")))

    assert {"x.eml#text": b"plain"} == contents(tmp_path)
    assert {"x.eml#html": b"<p>html"} == contents(tmp_path, mail_part="html")


def test_text_with_a_frame_beside_it(tmp_path: Path) -> None:
    """What is related to a page, such as a frame, is no part of the text."""
    page = grouped("related", text("<p>page", "html"), picture(), text("<p>frame", "html"))
    raw = group("alternative", text("plain"), page)
    (tmp_path / "x.eml").write_bytes(raw)

    assert {"x.eml#html": b"<p>page"} == contents(tmp_path, mail_part="html")
    assert {"x.eml#text": b"plain"} == contents(tmp_path)


def test_text_with_a_name(tmp_path: Path) -> None:
    """A name makes no attachment of a text that is to be shown."""
    part = text("body")
    part.set_param("name", "body.txt")
    (tmp_path / "x.eml").write_bytes(group("mixed", part))

    assert {"x.eml#text": b"body"} == contents(tmp_path)


def test_mail_cut_between_its_parts(tmp_path: Path) -> None:
    """Of a mail that ends without its last boundary the text is read, and a row says so."""
    raw = group("mixed", text("one"), text("two")).replace(b"\r\n", b"\n")
    cut = raw[: raw.index(b"dHdv") + 4]
    (tmp_path / "x.eml").write_bytes(cut)
    (tmp_path / "y.eml").write_bytes(raw)

    assert {"x.eml#text": b"one\ntwo", "y.eml#text": b"one\ntwo"} == contents(tmp_path)
    assert {
        "x.eml": f"damaged: it ends after {len(cut)} bytes without the line that closes its parts, "
        "so the last of them may be cut"
    } == unreadable(tmp_path)


def test_mail_cut_before_its_parts(tmp_path: Path) -> None:
    """A mail that ends before its first part is one row that says so."""
    (tmp_path / "x.eml").write_bytes(b"Content-Type: multipart/mixed; boundary=b\n\nHi")

    assert {
        "x.eml": "damaged: it ends after 45 bytes, and none of its parts begins before"
    } == unreadable(tmp_path)


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_mail_cut_inside_base64(tmp_path: Path, cut: int) -> None:
    """A text in base64 that is cut inside a group is read so far, and a row says where it ends."""
    whole = "The harbour is open again today.\n"
    raw = text(whole).as_bytes().rstrip()
    assert not raw.endswith(b"=")
    (tmp_path / "x.eml").write_bytes(raw[:-cut])

    (content,) = contents(tmp_path).values()

    assert whole.encode().startswith(content)
    assert len(whole) - 3 <= len(content) < len(whole)
    assert {
        "x.eml": f"damaged: its text ends after {len(content)} bytes, in the midst of base64"
    } == unreadable(tmp_path)


def test_head_of_an_attachment_that_is_damaged(tmp_path: Path) -> None:
    """A head with two forms of one parameter costs only the name of its part."""
    head = b"Content-Type: image/png; name*=utf-8''a; name*0*=utf-8''b"
    raw = group("mixed", text("body"), picture())
    raw = raw.replace(b'Content-Type: image/png; name="a.png"', head)
    (tmp_path / "x.eml").write_bytes(raw)

    assert {"x.eml#text": b"body"} == contents(tmp_path)
    assert {"x.eml#part 2": "an attachment (image/png); its head is damaged"} == skipped(tmp_path)


def test_charset_that_is_damaged(tmp_path: Path) -> None:
    """A charset that is told twice counts as not told."""
    head = b"Content-Type: text/plain; charset*=utf-8''a; charset*0*=utf-8''b\n\nbody"
    (tmp_path / "x.eml").write_bytes(head)

    assert items(tmp_path)["x.eml#text"].charset is None


def test_boundary_that_is_damaged(tmp_path: Path) -> None:
    """A boundary that is told twice is damage in words that a reader of mails knows."""
    head = b"Content-Type: multipart/mixed; boundary*=utf-8''a; boundary*0*=utf-8''b\n\n--a"
    (tmp_path / "x.eml").write_bytes(head)

    assert {"x.eml": "damaged: the boundary that its head names cannot be read"} == unreadable(
        tmp_path
    )


def test_reason_stays_short(tmp_path: Path) -> None:
    """Of thousands of parts without text their types are counted."""
    message = grouped("mixed", *(picture() for _ in range(3000)))
    for number in range(6):
        message.attach(MIMEBase("application", f"x-{number}"))
    (tmp_path / "x.eml").write_bytes(message.as_bytes())

    (reason,) = unreadable(tmp_path).values()

    assert reason.startswith("a mail without text: it holds 3000 image/png, application/x-0, ")
    assert reason.endswith(" application/x-3 and 2 other types")

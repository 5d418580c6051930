"""Mails among the files of a folder."""

from __future__ import annotations

from email.message import EmailMessage
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

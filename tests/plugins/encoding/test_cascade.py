"""Tests the step that decodes, stage by stage."""

import contextlib
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Document, DocumentError, Encoding, Item
from copydesk_encoding import build_chardet
from copydesk_encoding.decoding import decode
from copydesk_encoding.options import ChardetOptions

CASCADE = build_chardet(ChardetOptions())
RUSSIAN = (
    "Правительство объявило о новых мерах поддержки экономики. Министр сказал, что деньги есть. "
)
FRENCH = "Le président a déclaré que l’été serait très chaud à Paris, où « tout » est fermé. "
CHINESE = "中国新闻网报道，今天的天气很好，人们在公园里散步。"


def read(raw: bytes, charset: str | None = None, options: ChardetOptions | None = None) -> Document:
    """Return a document of these bytes after the step."""
    step = CASCADE if options is None else build_chardet(options)
    document = step.process(Document(Item("a.txt", charset=charset), raw=raw))
    assert isinstance(document, Document)
    return document


def name(document: Document) -> str:
    """Return the name of the encoding that was found."""
    assert document.encoding is not None
    return document.encoding.name


def found(document: Document) -> Encoding:
    """Return the encoding that was found."""
    assert document.encoding is not None
    return document.encoding


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16le"),
        ("utf-32", "utf-32le"),
    ],
)
def test_byte_order_mark_decides(codec: str, label: str) -> None:
    """A byte order mark decides, and is no part of the text."""
    document = read(FRENCH.encode(codec))

    assert (label, "bom") == (name(document), found(document).method)
    assert document.text == FRENCH


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty file: it has no bytes"),
        (b"\xef\xbb\xbf", "empty file: it has a byte order mark and no text"),
        (b"\0" * 500, "500 NUL bytes and nothing else"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a JPEG image"),
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (b"PK\x03\x04\x14\0", "a ZIP archive"),
        (bytes(range(256)) * 40, "binary data"),
        (bytes(range(1, 256)) * 40, "not text"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, reason: str) -> None:
    """Empty and binary content is refused, and the reason says what was found."""
    with pytest.raises(DocumentError, match=reason):
        read(raw)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", [RUSSIAN, FRENCH, CHINESE, "plain English, no more", "ไทยรัฐออนไลน์"]
)
def test_wide_text_needs_no_mark(codec: str, text: str) -> None:
    """UTF-16 and UTF-32 are recognised without a byte order mark."""
    assert text == read(text.encode(codec)).text


def test_stray_nul_is_no_binary() -> None:
    """One NUL byte in a long text does not make it binary."""
    assert "ascii" == found(read(b"word " * 900 + b"\0")).method


def test_escapes_are_seen() -> None:
    """ISO-2022-JP is recognised by its escape sequences."""
    document = read("日本語のニュースです。".encode("iso2022_jp"))

    assert ("iso-2022-jp", "日本語のニュースです。") == (name(document), document.text)


def test_utf8_beats_a_lying_header() -> None:
    """Strict UTF-8 wins over what the transport declares."""
    assert "utf-8" == name(read(FRENCH.encode(), charset="iso-8859-1"))


def test_stray_bytes_leave_utf8_and_are_counted() -> None:
    """UTF-8 with a few stray bytes stays UTF-8, and they are read as windows-1252."""
    document = read(RUSSIAN.encode() + b"\x93quoted\x94 caf\xe9 " + RUSSIAN.encode())

    assert f"{RUSSIAN}“quoted” café {RUSSIAN}" == document.text
    assert ("utf-8", "damaged utf-8", 3) == (
        name(document),
        found(document).method,
        found(document).replaced,
    )


@pytest.mark.parametrize("lost", [1, 2])
def test_cut_last_character_leaves_utf8(lost: int) -> None:
    """A last character that breaks off is one replaced character of UTF-8."""
    document = read("新闻".encode()[:-lost])

    assert ("新\ufffd", "utf-8", 1) == (document.text, name(document), found(document).replaced)


def test_declared_charset_is_used() -> None:
    """A page that is not UTF-8 is read as it declares."""
    page = f"<html><meta charset=iso-8859-2><p>{'Zażółć gęślą jaźń. ' * 3}"
    document = read(page.encode("iso8859-2"))

    assert ("iso-8859-2", "declared", page) == (
        name(document),
        found(document).method,
        document.text,
    )


def test_transport_comes_before_the_page() -> None:
    """The charset of the transport is tried before that of the page."""
    page = f"<meta charset=windows-1252><p>{RUSSIAN}"
    document = read(page.encode("koi8-r"), charset="KOI8-R")

    assert ("koi8-r", "transport") == (name(document), found(document).method)


def test_implausible_declaration_is_not_believed() -> None:
    """A declared charset that turns the text into rubbish is passed over."""
    assert RUSSIAN == read(RUSSIAN.encode("cp1251"), charset="iso-8859-1").text


def test_declarations_can_be_ignored() -> None:
    """With `trust_declared` off the bytes alone decide."""
    raw = f"<meta charset=windows-1251><p>{RUSSIAN * 3}".encode("cp1251")

    assert "chardet" == found(read(raw, options=ChardetOptions(trust_declared=False))).method


def test_statistics_come_last_and_name_others() -> None:
    """What nothing else explains is left to chardet, whose other answers are kept."""
    document = read((RUSSIAN * 5).encode("cp1251"))

    assert ("windows-1251", "chardet") == (name(document), found(document).method)
    assert "windows-1251" not in [candidate.name for candidate in found(document).candidates]


def test_statistics_are_not_asked_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """The statistics never runs where an earlier stage decides."""

    def fail(*_: object) -> None:
        raise AssertionError("chardet ran")

    monkeypatch.setattr("copydesk_encoding.engine.ChardetEngine.detect", fail)

    for raw in (FRENCH.encode(), FRENCH.encode("utf-16"), b"ascii", FRENCH.encode() + b"\xe9"):
        read(raw)


def test_share_of_the_unreadable_is_bounded() -> None:
    """Too many unreadable characters are a reason to refuse, and the option says how many."""
    raw = b"\xef\xbb\xbf" + b"word \xff " * 50

    with pytest.raises(DocumentError, match="50 of 350 characters cannot be read"):
        read(raw)
    assert 50 == found(read(raw, options=ChardetOptions(max_replaced_share=0.2))).replaced


def test_step_can_be_pickled() -> None:
    """The step can be sent to a worker."""
    document = Document(Item("a.txt"), raw=(RUSSIAN * 3).encode("cp1251"))

    assert CASCADE.process(document) == pickle.loads(pickle.dumps(CASCADE)).process(document)


@pytest.mark.parametrize(
    "make", [lambda: b"a" * 20_000_000, lambda: b"\xe9" * 2_000_000, lambda: b"<" * 5_000_000]
)
@pytest.mark.timeout(30)
def test_huge_lines_take_seconds(make: Callable[[], bytes]) -> None:
    """A file of many megabytes without a line end is read or refused in time."""
    with contextlib.suppress(DocumentError):
        assert read(make()).text


def test_late_letters_are_seen() -> None:
    """What comes after much ASCII decides as it would at the beginning."""
    text = "plain text " * 40_000 + RUSSIAN

    assert text == read(text.encode("cp1251")).text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_again_alike(raw: bytes) -> None:
    """Whatever the bytes, the step reads or refuses them, and its encoding reads them again."""
    try:
        document = read(raw)
    except DocumentError:
        return

    assert document.text == decode(raw, name(document)).text
    assert found(document).replaced == decode(raw, name(document)).replaced
    assert not str(document.text).startswith("\ufeff")


@given(st.text(min_size=1))
def test_utf8_is_read_exactly(text: str) -> None:
    """Valid UTF-8 with something beyond ASCII is read as what it is."""
    text = f"é{text.replace(chr(0), ' ')}"

    assert (text, "utf-8") == (read(text.encode()).text, name(read(text.encode())))

"""Tells from the first bytes what a file says it is: a byte order mark or a binary format."""

from __future__ import annotations

import codecs
import re

# UTF-32 before UTF-16: the little-endian marks begin alike.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"MM\x00\x2a", "a TIFF image"),
    (b"II\x2a\x00", "a TIFF image"),
    (b"8BPS", "a Photoshop image"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, or an Office or EPUB file"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"ID3", "MP3 audio"),
    (b"OggS", "Ogg audio or video"),
    (b"fLaC", "FLAC audio"),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM video"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
)
_OPENINGS = tuple(magic for magic, _ in _MAGIC)
# What plain text might begin with by chance must also hold bytes that text has not.
_WORDS = frozenset({b"8BPS", b"BZh", b"PAR1", b"ID3", b"OggS", b"fLaC", b"wOFF", b"wOF2"})
_BLOCK = 1 << 16
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b"))


def find_mark(raw: bytes) -> str | None:
    """Return the label that the byte order mark of `raw` stands for, or None without one."""
    if raw[:1] not in (b"\xef", b"\xff", b"\xfe", b"\x00"):
        return None
    for mark, label in _MARKS:
        if raw.startswith(mark) and not (label.startswith("utf-32") and len(raw) % 4):
            return label
    return None


def find_format(raw: bytes) -> str | None:
    """Return what binary format `raw` begins like (`a JPEG image`), or None."""
    if raw.startswith(_OPENINGS):
        for magic, name in _MAGIC:
            if raw.startswith(magic) and (magic not in _WORDS or count_controls(raw[:4096])):
                return name
    if raw[:4] == b"RIFF" and raw[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a WebP image, WAVE audio or AVI video"
    return "MPEG-4 video, audio or image" if raw[4:8] == b"ftyp" and raw[:1] == b"\x00" else None


def find_high(raw: bytes) -> int:
    """Return where the first byte beyond ASCII is, 0 if there is none."""
    for start in range(0, len(raw), _BLOCK):
        # Whether a block is ASCII is told at memory speed, where it is not is searched.
        if not raw[start : start + _BLOCK].isascii():
            found = _HIGH.search(raw, start)
            return found.start() if found else 0
    return 0


def count_controls(raw: bytes) -> int:
    """Return how many bytes are control characters that no text needs."""
    return len(raw) - len(strip_controls(raw))


def strip_controls(raw: bytes) -> bytes:
    """Return `raw` without the control characters that no text needs."""
    return raw.translate(None, _CONTROLS)

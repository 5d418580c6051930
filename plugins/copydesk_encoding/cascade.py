"""Decodes a document: certain signs first, then declarations, then statistics."""

from __future__ import annotations

from attrs import frozen

from copydesk.api import Document, DocumentError, Encoding
from copydesk_encoding.damage import is_damaged_utf8
from copydesk_encoding.declaration import find_declared
from copydesk_encoding.decoding import Decoded, decode, read_utf8
from copydesk_encoding.engine import Engine
from copydesk_encoding.escape import find_escaped
from copydesk_encoding.labels import find_label
from copydesk_encoding.options import Options
from copydesk_encoding.plausibility import is_plausible
from copydesk_encoding.signature import count_controls, find_format, find_mark
from copydesk_encoding.wide import find_wide

_UTF8 = Encoding("utf-8", "utf-8")
_ASCII = Encoding("utf-8", "ascii")
_FEW = 5
"""Faults that even the shortest text may have; a share of a headline says nothing."""


@frozen
class Cascade:
    """A step that decodes, with an engine for what no certain sign explains."""

    options: Options
    engine: Engine

    def process(self, document: Document) -> Document:
        """Return the document with `text` and `encoding`.

        Raises `DocumentError` for empty, binary and unreadable content.
        """
        raw = document.raw
        if not raw:
            raise DocumentError("empty file: it has no bytes at all")
        label = find_mark(raw)
        if label is not None:
            return self._finish(document, Encoding(label, "bom"))
        form = find_format(raw)
        if form is not None:
            raise DocumentError(f"not text: the content begins like {form}")
        text = read_utf8(raw)
        label = find_escaped(raw) if text is not None and text.isascii() else None
        if label is not None:
            return self._finish(document, Encoding(label, "escape sequences"))
        # NUL is sought after decoding, when the bytes are in the processor's cache.
        if b"\0" in raw or count_controls(raw[:64]) > 9:
            label = find_wide(raw)
            if label is not None:
                return self._finish(document, Encoding(label, "zero bytes", 0.99))
            _refuse_binary(raw)
        if text is None:
            return self._finish(document, self._find_legacy(document))
        return document.decoded(text, _ASCII if text.isascii() else _UTF8)

    def _find_legacy(self, document: Document) -> Encoding:
        """Return the encoding of bytes that are not valid UTF-8."""
        raw = document.raw
        if is_damaged_utf8(raw):
            return Encoding("utf-8", "damaged utf-8", 0.99)
        label = find_wide(raw)
        if label is not None:
            return Encoding(label, "wide characters", 0.9)
        if self.options.trust_declared:
            for label, method in _list_declared(document):
                found = decode(raw, label)
                if not found.replaced and is_plausible(found.text):
                    return Encoding(label, method, 0.99)
        return self._guess(raw)

    def _guess(self, raw: bytes) -> Encoding:
        candidates = self.engine.detect(raw)
        if not candidates:
            raise DocumentError("not text: the bytes are of no known character encoding")
        best = candidates[0]
        return Encoding(best.name, self.engine.name, best.confidence, candidates=candidates[1:6])

    def _finish(self, document: Document, encoding: Encoding) -> Document:
        """Return the document decoded, or refuse it when too little of it can be read."""
        found = decode(document.raw, encoding.name)
        if not found.text:
            raise DocumentError("empty file: it has a byte order mark and no text")
        if found.replaced > max(_FEW, self.options.max_replaced_share * len(found.text)):
            raise DocumentError(_describe(found, encoding.name))
        whole = Encoding(
            encoding.name,
            encoding.method,
            encoding.confidence,
            found.replaced,
            encoding.candidates,
        )
        return document.decoded(found.text, whole)


def _list_declared(document: Document) -> list[tuple[str, str]]:
    """Return the declared encodings and who declares them, the transport first."""
    found = []
    charset = document.item.charset
    label = find_label(charset) if charset else None
    if label is not None:
        found.append((label, "transport"))
    label = find_declared(document.raw)
    if label is not None:
        found.append((label, "declared"))
    return [pair for pair in found if pair[0] != "utf-8"]


def _refuse_binary(raw: bytes) -> None:
    """Raise for more control bytes than the stray one that broken tools leave in text."""
    zeros = raw.count(0)
    if zeros == len(raw):
        raise DocumentError(f"not text: the file holds {zeros} NUL bytes and nothing else")
    sample = raw[:65536]
    controls = count_controls(sample)
    if zeros * 1000 > len(raw) or controls * 100 > len(sample):
        raise DocumentError(
            f"not text: {controls} of the first {len(sample)} bytes are control characters, "
            "so it is binary data"
        )


def _describe(found: Decoded, label: str) -> str:
    return (
        f"not text: {found.replaced} of {len(found.text)} characters cannot be read, "
        f"even as {label}, the likeliest encoding"
    )

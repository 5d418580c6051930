"""What a step changed in a document, packed so that a later run need not do it again."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import msgspec
from attrs import evolve, frozen

from copydesk.document import Document, Entity, Language, LanguageSpan, Removed
from copydesk.metadata import Metadata
from copydesk.spans import Segment


@frozen
class Delta:
    """The fields that a step may change after decoding; None means unchanged."""

    media_type: str | None = None
    text: str | None = None
    segments: tuple[Segment, ...] | None = None
    removed: tuple[Removed, ...] | None = None
    metadata: Metadata | None = None
    language: Language | None = None
    languages: tuple[LanguageSpan, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    extra: Mapping[str, Mapping[str, Any]] | None = None


_FIELDS = tuple(Delta.__annotations__)
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Delta)
_FAST = 1  # zlib level: the higher ones cost more time than the steps they spare


def pack(before: Document, after: Document) -> bytes | None:
    """Return the changes from `before` to `after`, None for a step that decodes.

    Decoding is cheap next to keeping the whole source.
    """
    if after.source is not before.source or after.raw is not before.raw:
        return None
    changed = {
        name: getattr(after, name)
        for name in _FIELDS
        if getattr(after, name) is not getattr(before, name)
    }
    return zlib.compress(_ENCODER.encode(changed), _FAST)


def unpack(document: Document, packed: bytes) -> Document:
    """Return `document` with packed changes made; raises `ValueError` if they are damaged."""
    try:
        delta = _DECODER.decode(zlib.decompress(packed))
    except (zlib.error, msgspec.DecodeError) as error:
        raise ValueError(f"a kept result of a step is damaged: {error}") from error
    changed = {name: value for name in _FIELDS if (value := getattr(delta, name)) is not None}
    return evolve(document, **changed)

"""What a step changed in a document, packed so that a later run need not do it again."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import msgspec
from attrs import evolve, frozen
from msgspec import UNSET, UnsetType

from copydesk.document import Document, Entity, Language, LanguageSpan, Removed
from copydesk.metadata import Metadata
from copydesk.spans import Segment


@frozen
class Delta:
    """The fields that a step may change after decoding; unset means unchanged."""

    media_type: str | UnsetType = UNSET
    text: str | UnsetType | None = UNSET
    segments: tuple[Segment, ...] | UnsetType = UNSET
    removed: tuple[Removed, ...] | UnsetType = UNSET
    metadata: Metadata | UnsetType = UNSET
    language: Language | UnsetType | None = UNSET
    languages: tuple[LanguageSpan, ...] | UnsetType = UNSET
    entities: tuple[Entity, ...] | UnsetType = UNSET
    extra: Mapping[str, Mapping[str, Any]] | UnsetType = UNSET


FORMAT = 1
"""Number of the form in which changes are packed: another one when the fields of a document, or of
what is in them, are others, so that nobody misreads what an older or a newer Copydesk has kept."""
_FIELDS = tuple(Delta.__annotations__)
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Delta)
_FAST = 1  # zlib level: the higher ones cost more time than the steps they spare


def pack(before: Document, after: Document) -> bytes | None:
    """Return the changes from `before` to `after`, or None.

    Decoding is cheap next to keeping the whole source; a number may be too large to pack. What a
    step returned is `accept`ed before: it cannot have changed what is not a field of `Delta`.
    """
    if after.source is not before.source or after.encoding is not before.encoding:
        return None
    changed = {
        name: _plain(getattr(after, name))
        for name in _FIELDS
        if getattr(after, name) is not getattr(before, name)
    }
    try:
        return zlib.compress(_ENCODER.encode(changed), _FAST)
    except (OverflowError, TypeError, ValueError):
        return None


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def unpack(document: Document, packed: bytes) -> Document | None:
    """Return `document` with packed changes made, None if they are damaged.

    zlib has added a checksum and the types are known, so that damage does not pass for a result.
    """
    try:
        delta = _DECODER.decode(zlib.decompress(packed))
    except (zlib.error, msgspec.DecodeError, TypeError, ValueError):
        return None
    changed = {name: value for name in _FIELDS if (value := getattr(delta, name)) is not UNSET}
    return evolve(document, **changed)

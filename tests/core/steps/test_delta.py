"""What a step changed, packed and unpacked."""

from __future__ import annotations

from hashlib import sha256

import pytest
from attrs import evolve, fields

from copydesk.document import (
    Candidate,
    Document,
    Encoding,
    Entity,
    Language,
    LanguageSpan,
    Removed,
    Value,
)
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.spans import Segment
from copydesk.steps.delta import FORMAT, Delta, pack, unpack

BEFORE = Document(Item("a.txt"), b"one two").decoded("one two", Encoding("utf-8", "utf-8"))
AFTER = evolve(
    BEFORE.with_extra("mine", found=1),
    language=Language("en"),
    metadata=Metadata("A title", ("Bob",)),
    entities=(Entity(0, 3, "one", "NUMBER", step="it"),),
)


def test_changes_come_back() -> None:
    """What is packed makes the same document of the one before."""
    assert AFTER == unpack(BEFORE, pack(BEFORE, AFTER) or b"")


@pytest.mark.parametrize(
    "after", [BEFORE.decoded("x", Encoding("a", "b")), evolve(BEFORE, encoding=None)]
)
def test_decoding_is_not_packed(after: Document) -> None:
    """What decodes is not kept: packed changes know neither the source nor the encoding."""
    assert pack(BEFORE, after) is None


def test_any_changed_byte_is_noticed() -> None:
    """Whatever byte of packed changes is another, they are damaged or the same, never others."""
    packed = pack(BEFORE, AFTER) or b""
    for place in range(len(packed)):
        for bit in range(8):
            damaged = bytearray(packed)
            damaged[place] ^= 1 << bit

            assert unpack(BEFORE, bytes(damaged)) in (None, AFTER)


def test_format_goes_with_the_fields() -> None:
    """Where the fields that are packed are others than before, so is the number of the format."""
    packed = (
        Delta, Segment, Removed, Metadata, Language, Candidate, LanguageSpan, Entity, Value,
    )  # fmt: skip
    shape = [(cls.__name__, [(f.name, str(f.type)) for f in fields(cls)]) for cls in packed]

    assert (1, "71ca210390ec2246") == (FORMAT, sha256(repr(shape).encode()).hexdigest()[:16])

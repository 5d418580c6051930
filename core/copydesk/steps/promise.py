"""What a step has declared that it gives, in detail, and whether it keeps to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from attrs import fields

from copydesk.document import Document
from copydesk.metadata import Metadata
from copydesk.spec import StepSpec

_METADATA = tuple(field.name for field in fields(Metadata))


class Promise:
    """The labels, reasons, fields of the metadata and namespaces that a step has declared."""

    def __init__(self, spec: StepSpec[Any]) -> None:
        self._spec = spec
        self.is_bound = bool(spec.labels or spec.reasons or spec.metadata or spec.extra)
        """Whether there is anything to hold it to."""

    def check(self, before: Document, after: Document, label: str) -> None:
        """Raise `ValueError` for what a step, by its label, has made and not declared."""
        if after is before:
            return
        spec = self._spec
        if spec.labels and after.entities is not before.entities:
            found = (entity.label for entity in after.entities if entity.step == label)
            _refuse(found, spec.labels, "entities with the label", "labels")
        if spec.reasons and after.removed is not before.removed:
            found = (piece.reason for piece in after.removed if piece.step == label)
            _refuse(found, spec.reasons, "text with the reason", "reasons")
        if spec.metadata and after.metadata is not before.metadata:
            changed = _changed(before.metadata, after.metadata)
            _refuse(changed, spec.metadata, "metadata in the field", "metadata")
        if spec.extra and after.extra is not before.extra:
            self._check_extra(before, after)

    def _check_extra(self, before: Document, after: Document) -> None:
        declared = self._spec.extra
        changed = [
            name for name, values in after.extra.items() if values is not before.extra.get(name)
        ]
        _refuse(changed, declared, "extra in the namespace", "extra")
        for name in changed:
            known = [field.name for field in fields(declared[name])]
            _refuse(after.extra[name], known, f"extra.{name} with the key", declared[name].__name__)
            try:
                msgspec.convert(after.extra[name], declared[name])
            except msgspec.ValidationError as error:
                raise ValueError(f"the step gives extra.{name} that it has not: {error}") from error


def _refuse(found: Iterable[str], declared: Collection[str], what: str, where: str) -> None:
    for name in found:
        if name not in declared:
            raise ValueError(f"the step gives {what} '{name}', which its {where} do not declare")


def _changed(before: Metadata, after: Metadata) -> list[str]:
    return [name for name in _METADATA if getattr(before, name) != getattr(after, name)]

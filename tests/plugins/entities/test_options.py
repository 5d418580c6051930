"""Tests of what the package offers before anything is built."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import copydesk_entities
from copydesk.api import Document, Encoding, Item
from copydesk_entities.options import AmountsOptions, NamesOptions


def test_specs() -> None:
    """Both steps need text, give entities, and build from their options."""
    specs = {spec.name: spec for spec in copydesk_entities.copydesk_steps()}
    document = Document(Item("a")).decoded("Elon Musk paid $5.", Encoding("utf-8", "utf-8"))

    for name, labels in (("entities.amounts", ("MONEY",)), ("entities.names", ("PERSON",))):
        spec = specs[name]
        step: Any = spec.build(spec.options())
        done = step.process(document)

        assert (("text",), ("entities", "extra"), "entities") == (spec.needs, spec.gives, spec.kind)
        assert isinstance(done, Document)
        assert labels == done.labels


def test_bounds_are_positive() -> None:
    """A bound of nothing is refused."""
    with pytest.raises(ValueError, match="max_amounts"):
        AmountsOptions(max_amounts=0)
    with pytest.raises(ValueError, match="max_candidates"):
        NamesOptions(max_candidates=0)


def test_labels_that_no_name_has() -> None:
    """A label is refused where only bundled names are looked for, which do not have it."""
    with pytest.raises(ValueError, match="no bundled name is labelled 'PERSN'; give PERSON, ORG"):
        NamesOptions(labels=("ORG", "PERSN"))

    assert ("SHIP",) == NamesOptions(labels=("SHIP",), names=Path("ships.tsv")).labels


def test_discovery_is_light() -> None:
    """Importing the package loads neither its readers nor their libraries."""
    code = "import sys, copydesk_entities; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"ahocorasick_rs", "babel", "tomllib", "copydesk_entities.names"} & set(
        done.stdout.split()
    )

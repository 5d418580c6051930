"""What the guide to trust promises is held by tests that are there."""

from __future__ import annotations

import ast
import re

import pytest
from tests.root import ROOT

_ROWS = re.findall(
    r"^\|.*\| `(tests/\S+\.py)::(\w+)` \|$",
    (ROOT / "docs/trust.md").read_text("utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("file", "name"), _ROWS, ids=[name for _, name in _ROWS])
def test_promise_has_its_test(file: str, name: str) -> None:
    """Each line of the table names a test of the project."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_one() -> None:
    """No line of the table goes without a test."""
    text = (ROOT / "docs/trust.md").read_text("utf-8")
    table = [line for line in text.splitlines() if line.startswith("| ")]

    assert len(table) - 1 == len(_ROWS)
    assert len(_ROWS) >= 20

"""Libraries of an extra, there or missing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from copydesk.errors import CopydeskError
from copydesk.extra import import_extra


def test_installed_library_is_returned() -> None:
    """What is installed is imported."""
    assert json is import_extra("json", "report")


def test_missing_library_names_its_extra() -> None:
    """The error says which library is missing and what installs it."""
    with pytest.raises(CopydeskError) as caught:
        import_extra("no_such_library.part", "report")

    expected = "no_such_library is not installed; `pip install 'copydesk[report]'` brings it"
    assert expected == str(caught.value)


def test_fault_inside_a_library_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that lacks one of its own keeps its error."""
    (tmp_path / "half_a_library.py").write_text("import its_other_half")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    with pytest.raises(ModuleNotFoundError, match="its_other_half"):
        import_extra("half_a_library", "report")

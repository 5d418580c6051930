"""Tests of the commands that bring what is missing."""

from __future__ import annotations

import pytest

from copydesk.doctor.requirement import tell_how_to_get


@pytest.mark.parametrize(
    ("module", "command"),
    [
        ("pyarrow.parquet", "`pip install 'copydesk[parquet]'`"),
        ("ftfy", "`pip install 'copydesk[repair]'`"),
        ("attrs", "`pip install 'attrs>=24.2'`"),
        ("unheard_of", "`pip install unheard-of`, and have copydesk say that it needs it"),
    ],
)
def test_command(module: str, command: str) -> None:
    """The smallest extra that brings a module is named, though larger ones hold it too."""
    assert command == tell_how_to_get(module, "copydesk")

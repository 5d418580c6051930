"""Tests of the tables that are compiled from CLDR."""

from __future__ import annotations

from importlib.resources import files

import pytest

from copydesk_entities import cldr

FOLDER = files("copydesk_entities") / "data"


@pytest.mark.parametrize("name", ["amounts", "places"])
def test_the_tables_are_fresh(name: str) -> None:
    """The files are what the installed Babel gives; else run `python -m copydesk_entities.cldr`."""
    compiled = {"amounts": cldr.compile_amounts, "places": cldr.compile_places}[name]()

    assert cldr.render(compiled) == (FOLDER / f"{name}.json").read_text("utf-8")


def test_rendering_gives_a_line_to_a_word() -> None:
    """One word a line makes a change of CLDR easy to see."""
    assert '{\n"a": {\n"x": {"1": "en"},\n"y": {"2": "de"}\n}\n}\n' == cldr.render(
        {"a": {"x": {"1": "en"}, "y": {"2": "de"}}}
    )

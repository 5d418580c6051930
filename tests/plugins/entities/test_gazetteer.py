"""Tests of the files of names."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from copydesk.api import CopydeskError
from copydesk_entities import gazetteer
from copydesk_entities.gazetteer import Name


def test_a_file_of_your_own(tmp_path: Path) -> None:
    """Lines have a label, a link, names and perhaps languages; `~` marks short names."""
    path = tmp_path / "names.tsv"
    path.write_text("# ours\n\nORG\tx:1\tThe Desk | ~Desk\nORG\tx:2\tLe Bureau\tfr nl\n", "utf-8")

    rows = gazetteer.read(path)

    assert [
        ("The Desk", Name("ORG", "x:1")),
        ("Desk", Name("ORG", "x:1", is_short=True)),
        ("Le Bureau", Name("ORG", "x:2", frozenset({"fr", "nl"}))),
    ] == rows


def test_a_faulty_line_is_named(tmp_path: Path) -> None:
    """The error gives the file, the line and what to write."""
    path = tmp_path / "names.tsv"
    path.write_text("ORG\tx:1\tDesk\nORG Desk\n", "utf-8")

    with pytest.raises(CopydeskError, match=r"names\.tsv:2: 1 fields instead of 3 or 4; write"):
        gazetteer.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that cannot be read is the user's to mend."""
    with pytest.raises(CopydeskError, match=r"none\.tsv: the file of names cannot be read"):
        gazetteer.read(tmp_path / "none.tsv")


def test_bundled_names_are_well_formed() -> None:
    """Every bundled line has a known label and a link of its own."""
    text = (files("copydesk_entities") / "data" / "names.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    links = Counter((row[0], row[1]) for row in rows if row[0] != gazetteer.SILENT)

    assert {"PERSON", "ORG", "PLACE", "-"} == {row[0] for row in rows}
    assert [] == [link for link, count in links.items() if count > 1]
    assert {"copydesk", "iso3166", "tz", "unm49", "-"} == {row[1].split(":")[0] for row in rows}


def test_bundled_people_and_organisations_are_several_hundred() -> None:
    """The seed list is large enough to be of use."""
    links = {(name.label, name.link) for _, name in gazetteer.bundled()}
    counts = Counter(label for label, _ in links)

    assert counts["PERSON"] > 300
    assert counts["ORG"] > 400
    assert counts["PLACE"] > 600

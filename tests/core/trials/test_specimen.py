"""Tests of finding one document to look at."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from attrs import evolve

from copydesk.config import Use
from copydesk.errors import CopydeskError
from copydesk.fault import Origin, Place
from copydesk.registry import Offer, Registry
from copydesk.trials.specimen import take_file, take_item, take_text


@pytest.fixture(scope="module")
def offer() -> Offer:
    """Return the bundled source `folder`."""
    return Registry.installed().offer("source", "folder")


@pytest.fixture
def use(offer: Offer, tmp_path: Path) -> Use:
    """Return the choice of a folder with articles, an archive and something that is no article."""
    below = tmp_path / "2024"
    below.mkdir()
    (below / "a.txt").write_text("an article")
    (below / "b.html.gz").write_bytes(gzip.compress(b"<p>a page"))
    (below / "c.jpg").write_bytes(b"\xff\xd8")
    with zipfile.ZipFile(below / "d.zip", "w") as archive:
        archive.writestr("one.txt", "the first")
        archive.writestr("two.txt", "the second")
        archive.writestr("three.jpg", "a picture")
        archive.writestr("../four.txt", "out")
    (below / "e.jsonl").write_text('{"text": "the only one"}\n\nnot json\n')
    options = offer.spec.options(path=tmp_path)
    return Use("folder", offer, options, Place(Origin("c.yaml", tmp_path)))


def test_file_has_the_name_that_a_run_gives_it(use: Use, tmp_path: Path) -> None:
    """A file below the source's folder is named from there; it is read and unpacked as in a run."""
    specimen = take_file(use, tmp_path / "2024" / "b.html.gz")

    assert ("2024/b.html.gz", "text/html") == (specimen.item.uri, specimen.item.media_type)
    assert b"<p>a page" == specimen.read(specimen.item)
    assert [specimen.item] == list(specimen.items())


def test_file_from_elsewhere(use: Use, tmp_path: Path) -> None:
    """A file that is not below the source's folder is named by itself."""
    elsewhere = evolve(use, options=evolve(use.options, path=tmp_path / "other"))

    assert "a.txt" == take_file(elsewhere, tmp_path / "2024" / "a.txt").item.uri


def test_member_of_a_container(use: Use, tmp_path: Path) -> None:
    """`#` and a name choose a member, by path or by URI."""
    by_path = take_file(use, tmp_path / "2024" / "d.zip#two.txt")
    by_uri = take_item(use, "2024/d.zip#two.txt")

    assert by_path.item == by_uri.item
    assert b"the second" == by_path.read(by_path.item) == by_uri.read(by_uri.item)


def test_the_only_one(use: Use, tmp_path: Path) -> None:
    """The only document in a file is meant, whatever else the source says of the file."""
    specimen = take_file(use, tmp_path / "2024" / "e.jsonl")

    assert "2024/e.jsonl#line 1" == specimen.item.key


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2024/f.txt", "there is no such file; check the path"),
        ("2024/c.jpg", "the source leaves it out: no glob of the option include matches"),
        ("2024/d.zip#three.txt", "there is no 'three.txt' in it; check the name"),
        ("2024/d.zip#three.jpg", "the source leaves it out: no glob of the option include matches"),
        ("2024/d.zip#../four.txt", "the source cannot read it: its name leads out of the archive"),
        ("2024/e.jsonl#line 3", "the source cannot read it: not JSON: "),
        ("2024/d.zip", "there are several documents in it; choose one: "),
    ],
)
def test_what_is_no_document(use: Use, tmp_path: Path, name: str, words: str) -> None:
    """A path that leads to no document, or to several, says why."""
    with pytest.raises(CopydeskError) as caught:
        take_file(use, tmp_path / name)

    assert str(caught.value).startswith(f"{tmp_path / name}: {words}")


def test_item_by_its_name(use: Use) -> None:
    """An item is found by its URI; what is like it is suggested."""
    assert b"an article" == (found := take_item(use, "2024/a.txt")).read(found.item)
    with pytest.raises(
        CopydeskError, match=r"nor an item of the source; did you mean '2024/a.txt'"
    ):
        take_item(use, "2024/a.tx")
    with pytest.raises(CopydeskError, match="leaves it out: no glob"):
        take_item(use, "2024/c.jpg")


def test_text() -> None:
    """A text is an item of its own."""
    specimen = take_text("Zürich", "text/html", "a name")

    assert ("a name", "text/html", 7) == (
        specimen.item.uri, specimen.item.media_type, specimen.item.size,
    )  # fmt: skip
    assert "Zürich".encode() == specimen.read(specimen.item)

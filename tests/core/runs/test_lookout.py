"""What is watched."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.runs.lookout import Subject


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", True),
        ("below/a.txt", True),
        ("out.db", False),
        ("out.db-wal", False),
        ("out.db.lock", False),
        ("out.db.log", False),
        ("out.db.log.3", False),
        ("out.db.logic.txt", True),
        ("out.db/part-1", False),
        ("out.db.txt", True),
        ("out.db-story.txt", True),
    ],
)
def test_store_inside_the_folder_is_no_change(tmp_path: Path, name: str, *, expected: bool) -> None:
    """What a run writes itself does not make another run."""
    subject = Subject(tmp_path, "", tmp_path / "out.db", ())

    assert expected == subject.concerns(str(tmp_path / name))


def test_what_we_write_to_is_no_change(tmp_path: Path) -> None:
    """A file in the folder that takes our output does not make another run."""
    path = tmp_path / "watch.log"
    path.touch()
    status = path.stat()
    streams: frozenset[object] = frozenset({(status.st_dev, status.st_ino)})
    subject = Subject(tmp_path, "", None, (), streams)

    assert not subject.concerns(str(path))
    assert subject.concerns(str(tmp_path / "other.log"))


def test_single_file_is_watched_through_its_folder(tmp_path: Path) -> None:
    """Of the folder around a single file only that file counts."""
    path = tmp_path / "a.jsonl"
    path.touch()
    subject = Subject(tmp_path, path.name, None, ())

    assert subject.concerns(str(path))
    assert not subject.concerns(str(tmp_path / "b.jsonl"))


def test_another_folder_at_the_same_place_is_noticed(tmp_path: Path) -> None:
    """A folder that was taken away and made again is not the one that was watched."""
    folder = tmp_path / "in"
    folder.mkdir()
    subject = Subject(folder, "", None, ())
    before = subject.identity()
    folder.rename(tmp_path / "old")

    assert subject.identity() is None
    folder.mkdir()
    assert before != subject.identity()


def test_edited_chain_is_noticed(tmp_path: Path) -> None:
    """A change of the chain's own files is seen, and so is a file that is gone."""
    chain = tmp_path / "chain.yaml"
    chain.write_text("a")
    subject = Subject(tmp_path, "", None, (chain, tmp_path / "mine.py"))
    versions = [subject.versions()]
    chain.write_text("ab")
    versions.append(subject.versions())
    chain.unlink()
    versions.append(subject.versions())

    assert versions[0] != versions[1] != versions[2]
    assert versions[2] == subject.versions()

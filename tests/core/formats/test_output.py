"""The file that a verb writes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from copydesk.errors import CopydeskError
from copydesk.formats.output import check_output, open_output


def test_output_appears_when_it_is_whole(tmp_path: Path) -> None:
    """A file that could not be written whole does not replace the one before."""
    path = tmp_path / "out.jsonl"
    path.write_text("before")

    def write_half() -> None:
        with open_output(path) as output:
            output.write(b"half")
            raise OSError("disk full")

    with pytest.raises(CopydeskError, match="cannot be written: disk full"):
        write_half()

    assert "before" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is refused, and left as it is."""
    with pytest.raises(CopydeskError, match="is a folder; give the name"), open_output(tmp_path):
        pass

    assert [] == list(tmp_path.iterdir())


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    """What is no regular file, such as a pipe or `/dev/null`, is written to and not replaced."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    with open_output(path) as output:
        output.write(b"line\n")

    assert b"line\n" == os.read(reader, 100)
    assert stat.S_ISFIFO(path.stat().st_mode)
    os.close(reader)


@pytest.mark.parametrize("name", ["there.jsonl", "new.jsonl"])
def test_a_link_stays_a_link(tmp_path: Path, name: str) -> None:
    """What is written through a link goes to where it leads, even if nothing is there yet."""
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "there.jsonl").write_text("before")
    link = tmp_path / "link.jsonl"
    link.symlink_to(f"far/{name}")

    with open_output(link) as output:
        output.write(b"after")

    assert link.is_symlink()
    assert "after" == (tmp_path / "far" / name).read_text()


def test_a_store_is_no_output(tmp_path: Path) -> None:
    """A store, and what is its own, is refused with its name; what merely lies beside it is not."""
    store = tmp_path / "self.db"
    store.touch()

    check_output(None, str(store))
    check_output(tmp_path / "self.csv", str(store))

    for name in ("self.db", "self.db.log"):
        with pytest.raises(
            CopydeskError, match=r"self\.db.* is the store .*self\.db, or a file of"
        ):
            check_output(tmp_path / name, str(store))


def test_what_is_written_first_is_no_store(tmp_path: Path) -> None:
    """A store with the name that a file has until it is whole is not written over either."""
    with pytest.raises(CopydeskError, match="give another name"):
        check_output(tmp_path / "a.csv", str(tmp_path / ".a.csv.part"))

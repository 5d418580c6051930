"""The verbs `export` and `report`, where what they are to write is the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing import Desk


@pytest.mark.parametrize("verb", ["export", "report"])
@pytest.mark.parametrize(
    ("use", "output"), [("sqlite", "out.db"), ("sqlite", "link"), ("jsonl", "out.db/manifest.json")]
)
def test_a_store_is_not_written_over(tmp_path: Path, verb: str, use: str, output: str) -> None:
    """An output that is the store is refused, by whatever name, and the store stays whole."""
    desk = Desk(tmp_path)
    desk.write("articles/a.txt", "The harbour of Lisbon is open again.")
    desk.write_chain("encoding.chardet", store={"use": use, "options": {"path": "out.db"}})
    desk.run()
    (tmp_path / "link").symlink_to("out.db")

    done = desk.copydesk(verb, "--store", "out.db", "--use", use, "--output", output)

    assert 2 == done.returncode
    assert f"--output: {output} is the store out.db" in done.stderr
    assert 1 == desk.run()["unchanged"]

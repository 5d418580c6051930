"""The desk of the kit holds every batch to the sum rule, in whichever form it tells its summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing import Desk
from copydesk.testing.tally import check_sum, find_counts

CHAIN = """
copydesk: 1
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet]
store: {use: sqlite, options: {path: out.db}}
"""
GOOD = {"listed": 10, "done": 4, "dropped": 3, "quarantined": 2, "unchanged": 1}


@pytest.mark.parametrize("form", [[], ["--json"], ["--json-log"]])
def test_counts_are_found(tmp_path: Path, form: list[str]) -> None:
    """The numbers are found in the words for people, in JSON and in the log."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("An article.")
    (tmp_path / "articles" / "b.txt").write_text("")
    (tmp_path / "chain.yaml").write_text(CHAIN)

    done = Desk(tmp_path).copydesk("run", "chain.yaml", *form)

    expected = {"listed": 2, "done": 1, "dropped": 0, "quarantined": 1, "unchanged": 0}
    assert expected == find_counts(done.stdout, done.stderr)


def test_sums_that_are_wrong_are_found() -> None:
    """A lost document, or an exit code that hides the quarantine, fails the test that ran it."""
    check_sum(GOOD, 1)

    for counts, code in [({**GOOD, "done": 3}, 1), (GOOD, 0), ({**GOOD, "listed": 9}, None)]:
        with pytest.raises(AssertionError):
            check_sum(counts, code)

"""The checks of stores: each is failed by a store made to fail it, and passed by a good one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.core.testing import bad_stores as bad

from copydesk.testing import STORE_CHECKS, CheckError, StoreBench, check_store, store_checks
from copydesk.testing.spec_checks import SPEC_CHECKS
from copydesk_sqlite.options import Options

CHECKS = {check.name: check for check in STORE_CHECKS}
BAD: list[tuple[str, Any, str]] = [
    ("gives_back_what_it_was_given", bad.Backwards, "records(): expected"),
    ("shows_the_newest_record", bad.Stubborn, "expected ['two', 'one'], found ['one', 'one']"),
    ("keeps_and_withdraws_records", bad.Wasteful, "texts: expected ['one'], found []"),
    ("remembers_runs", bad.Oldest, "numbers: expected [2, 1], found [1, 2]"),
    ("begins_empty", bad.Haunted, "a new store: expected []"),
    ("refuses_a_second_run", bad.Careless, "a second run could begin while another was on"),
    ("shows_readers_whole_commits", bad.Restless, "texts that were read: expected {'old'}"),
    ("commits_all_or_nothing", bad.Piecemeal, "after it: expected []"),
    ("keeps_any_character", bad.Prim, "the key: expected 'a\\x00b"),
    ("survives_a_kill", bad.Piecemeal, ""),
    ("refuses_what_is_no_store", bad.Greedy, "it wrote into a file that is no store"),
    ("goes_back", bad.Stuck, "at run 1: the texts are ['two', 'two'], not ['one', 'one']"),
    ("prunes", bad.Hoarding, "runs() says they are kept: {3: True, 2: True, 1: True}"),
    ("joins", bad.Lonely, "after joining: the texts are [], not ['two', 'one']"),
    ("keeps_results", bad.Forgetful, "recall() gives [], not"),
]


def options_at(path: Path) -> Options:
    """Return the options of a store at a path."""
    return Options(path=path)


@pytest.mark.parametrize(("name", "build", "words"), BAD)
def test_bad_store(name: str, build: Any, words: str) -> None:
    """A store that does one thing wrong fails the check of it, which says what and what to do."""
    with pytest.raises(CheckError) as failure:
        CHECKS[name](StoreBench(bad.spec(build), options_at))

    assert words in str(failure.value)
    assert f"to do: {CHECKS[name].advice}" in str(failure.value)


def test_every_check_can_fail() -> None:
    """There is a bad store for every check that is of stores alone."""
    assert set(CHECKS) - {check.name for check in SPEC_CHECKS} == {name for name, _, _ in BAD}


def test_all_that_fails_is_told_at_once() -> None:
    """`check_store` makes every check, and tells all that failed."""
    with pytest.raises(CheckError, match="checks failed") as failure:
        check_store(bad.spec(bad.Unbuildable), options_at)

    assert str(failure.value).count("it raised StoreError: the disk is full") > 10


def test_checks_are_named() -> None:
    """Pytest shows each check by its name."""
    names = [check.__name__ for check in store_checks(bad.spec(bad.Good), options_at)]
    assert list(CHECKS) == names

"""The checks of executors: each is failed by one made to fail it, and passed by a good one."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.testing import bad_executors as bad

from copydesk.testing import (
    EXECUTOR_CHECKS,
    CheckError,
    ExecutorBench,
    check_executor,
    executor_checks,
)
from copydesk.testing.spec_checks import SPEC_CHECKS

CHECKS = {check.name: check for check in EXECUTOR_CHECKS}
BAD: list[tuple[str, Any, str]] = [
    ("gives_each_item_one_outcome", bad.Twofold, "has 2 outcomes"),
    ("takes_items_as_it_goes", bad.Greedy, "all of 100000 items were taken"),
    ("lets_errors_of_the_listing_through", bad.Deaf, "the error is lost"),
    ("tells_what_cannot_be_built", bad.Silent, "it gave 3 outcomes of steps that cannot be built"),
    ("survives_errors", bad.Inline, "it raised ValueError: two\n"),
    ("survives_dying_workers", bad.Forgetful, "3.txt has 0 outcomes"),
    ("ends_what_takes_too_long", bad.Rosy, "sleeps: 3.txt is done, not quarantined"),
    ("can_be_left_halfway", bad.Stiff, "what `run` returns cannot be closed"),
]


@pytest.mark.parametrize(("name", "build", "words"), BAD)
def test_bad_executor(name: str, build: Any, words: str) -> None:
    """An executor that does one thing wrong fails the check of it, which says what and why."""
    with pytest.raises(CheckError) as failure:
        CHECKS[name](ExecutorBench(bad.spec(build)))

    assert words in str(failure.value)
    assert f"to do: {CHECKS[name].advice}" in str(failure.value)


def test_every_check_can_fail() -> None:
    """There is a bad executor for every check that is of executors alone."""
    assert set(CHECKS) - {check.name for check in SPEC_CHECKS} == {name for name, _, _ in BAD}


def test_all_that_fails_is_told_at_once() -> None:
    """`check_executor` makes every check, and tells all that failed."""
    with pytest.raises(CheckError, match="checks failed") as failure:
        check_executor(bad.spec(bad.Unbuildable))

    assert len(BAD) == str(failure.value).count("it raised RuntimeError: no cluster")


def test_checks_are_named() -> None:
    """Pytest shows each check by its name."""
    names = [check.__name__ for check in executor_checks(bad.spec(bad.Good))]
    assert list(CHECKS) == names

"""What a run makes of outcomes before it commits them."""

from __future__ import annotations

import pytest

from copydesk.ledger import Outcome
from copydesk.runs.run import fit

SMALL = Outcome("a", "done", "aa", b"12345", search="12345")


@pytest.mark.parametrize("most", [None, 5, 6])
def test_outcome_that_fits_stays(most: int | None) -> None:
    """A record as long as the store can hold is as good as any."""
    assert SMALL is fit(SMALL, most)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("a", "done", "aa", b"123456", seconds=(("x", 1.0),)),
        Outcome("a", "done", "aa", b"1", search="\u00e9\u00e9\u00e9", seconds=(("x", 1.0),)),
    ],
)
def test_outcome_that_does_not_fit_is_quarantined(outcome: Outcome) -> None:
    """A record, or words in UTF-8, one byte too long: the outcome says so, and keeps its times."""
    made = fit(outcome, 5)

    assert ("a", "quarantined", "aa", None, "") == (
        made.key, made.state, made.sha256, made.record, made.search,
    )  # fmt: skip
    assert "its record takes 6 bytes, and the store can hold no more than 5" == made.reason
    assert (("x", 1.0),) == made.seconds

"""Errors of one kind are told by what they have in common."""

from __future__ import annotations

import pytest

from copydesk.report_page.reason import generalize


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("killed after 60.02 s at 3 of 7", "killed after N s at N of N"),
        ("no column 'Prix' in \"a.csv\"", "no column '…' in \"…\""),
        ("not valid utf-8: byte 17", "not valid utf-8: byte N"),
        ("it doesn't look like text", "it doesn't look like text"),
        ("", ""),
    ],
)
def test_numbers_and_quotes_are_left_out(reason: str, kind: str) -> None:
    """Numbers that stand alone and what is in quotes are replaced."""
    assert kind == generalize(reason)


def test_endless_reason_is_cut() -> None:
    """A reason of a million quotation marks is told by its beginning, at once."""
    assert 300 == len(generalize("'" + '"\n' * 1_000_000))

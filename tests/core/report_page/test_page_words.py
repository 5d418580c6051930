"""How numbers are put into words."""

from __future__ import annotations

import pytest

from copydesk.report_page.page import write_duration, write_moment, write_number, write_share


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.0000124, "12.4 µs"),
        (0.0305, "30.5 ms"),
        (1.234, "1.23 s"),
        (12345.6, "12,346 s"),
    ],
)
def test_duration_has_a_unit_that_suits(seconds: float, words: str) -> None:
    """A time keeps three figures."""
    assert words == write_duration(seconds)


def test_numbers_have_their_thousands_apart() -> None:
    """Whole numbers are whole, others keep three figures."""
    assert ["1,234,567", "0.25"] == [write_number(1234567), write_number(0.25)]


def test_share_of_nothing_is_not_told() -> None:
    """A part is a percentage of the whole, if there is a whole."""
    assert ["12.5 %", ""] == [write_share(1, 8), write_share(0, 0)]


def test_moment_is_written_for_people() -> None:
    """The T and the offset of ISO 8601 are replaced."""
    assert "2026-01-02 03:04:05 UTC" == write_moment("2026-01-02T03:04:05+00:00")

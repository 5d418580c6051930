"""Dates as pages write them for machines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_boilerplate.dates import read_date


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2024-11-22", "2024-11-22"),
        ("2024-11-22T06:57:50Z", "2024-11-22T06:57:50.233Z"),
        ("2024-11-22T06:57:50+01:00", "2024-11-22 06:57:50 +0100"),
        ("2024-11-22T06:57:00-05:00", "2024-11-22T06:57-05"),
        ("2024-11-22T06:57:50", "2024-11-22T06:57:50"),
        ("2024-11-22T06:57:50Z", "2024-11-22 06:57:50 UTC"),
        ("2024-11-22", "20241122"),
        ("2024-11-22T06:57:00Z", "20241122T0657Z"),
        ("2024-01-02", "2024/1/2"),
        ("2024-11-22T06:57:50+00:00", "Fri, 22 Nov 2024 06:57:50 GMT"),
        ("2024-11-22", " 2024-11-22 – updated"),
        (None, "2024-13-40"),
        (None, "2024-11-22T25:61"),
        (None, "22.11.2024"),
        (None, "yesterday"),
        (None, "1732258670000"),
        (None, ""),
    ],
)
def test_dates(expected: str | None, text: str) -> None:
    """Dates keep the time and the zone they are given with; what is no sure date is none."""
    assert expected == read_date(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_iso_dates(moment: datetime) -> None:
    """What is in ISO 8601 is read as it is, to the second."""
    assert moment.replace(microsecond=0).isoformat() == read_date(moment.isoformat())


@given(st.text())
def test_any_text(text: str) -> None:
    """What is read can be read again."""
    found = read_date(text)

    assert found is None or found == read_date(found)

"""The names of authors."""

from __future__ import annotations

import pytest

from copydesk_boilerplate.names import clean_names, split_names


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["Jane Doe"], "By Jane Doe"),
        (["Jane Doe", "John Roe"], "Jane Doe and John Roe"),
        (["A B", "C D", "E F"], "A B, C D; E F"),
        (["Jane Doe, MD, Ph.D.", "John Roe"], "Jane Doe, MD, Ph.D., John Roe"),
        (["Felix Schröder", "Jörg Soldwisch"], "Von Felix Schröder und Jörg Soldwisch"),
        (["王小明"], "记者：王小明"),
        (["Byron Smith"], "Byron Smith"),
    ],
)
def test_lists_of_names(expected: list[str], text: str) -> None:
    """A list is parted into names; a title stays with its name."""
    assert expected == split_names(text)


def test_what_is_no_name() -> None:
    """Addresses, numbers, code and repeated names are left out."""
    names = [
        "Jane Doe",
        " by  Jane Doe ",
        "https://example.org/jane",
        "@jane",
        "12345",
        "",
        "jane@example.org",
        ".css{color:red}",
        "x" * 200,
    ]

    assert ("Jane Doe",) == clean_names(names)

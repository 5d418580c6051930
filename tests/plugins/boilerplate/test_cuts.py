"""What is cut out with a line."""

from __future__ import annotations

import pytest

from copydesk_boilerplate.cuts import cut_lines
from copydesk_boilerplate.edges import find_lines


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("a\nb", "a\nX\nb"),
        ("a\n\nb", "a\n\nX\n\nb"),
        ("a\n\nb", "a\n\nX\nb"),
        ("a\n\nb", "a\nX\n\nb"),
        ("a", "a\n\nX\n\n"),
        ("a", "\n \nX\n\na"),
        ("  a", "X\n  a"),
        ("a", "a\r\nX\r\nX"),
        ("a\r\nb", "a\r\nX\r\nb"),
        ("a\nb", "a\nX\n\nX\nX\nb"),
        ("a\u2028b", "a\u2028X\u2028b"),
    ],
)
def test_no_blank_residue(expected: str, text: str) -> None:
    """The larger gap around lines that go is left, and none at the edges of the text."""
    lines = find_lines(text)
    reasons = ["mark" if text[start:end] == "X" else None for start, end in lines]
    cuts = list(cut_lines(text, lines, reasons))
    edges = [0, *(edge for cut in cuts for edge in (cut.start, cut.end)), len(text)]

    assert expected == "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert {"mark"} == {cut.reason for cut in cuts}
    assert reasons.count("mark") == len(cuts)

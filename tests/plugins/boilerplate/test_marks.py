"""Which lines go, by the pattern that each is and where it stands."""

from __future__ import annotations

import pytest

from copydesk_boilerplate.marks import Marks
from copydesk_boilerplate.phrases import Pattern

SCOPES = {
    "A": "anywhere",
    "L": "lines",
    "S": "sentences",
    "E": "ends",
    "T": "tails",
    "H": "headings",
}


def mark(kinds: str, count: int = 99) -> str:
    """Return the lines with `-` for those that go.

    Each letter is a line: `p` prose, `t` a title, others as in `SCOPES`.
    """
    lines = ["" if kind == "p" else kind for kind in kinds]
    patterns = [Pattern(kind, SCOPES[kind], kind) if kind in SCOPES else None for kind in kinds]
    marks = Marks(lines, patterns, [1] * len(kinds))
    low = marks.mark_edges(count, lambda _: None)
    marks.mark_end()
    marks.mark_tails(low)
    marks.mark_headings()
    return "".join("-" if why else kind for why, kind in zip(marks.reasons, kinds, strict=True))


@pytest.mark.parametrize(
    ("expected", "kinds"),
    [
        ("pp-pp", "ppApp"),
        ("-pp-", "LppS"),
        ("pp--", "ppEp"),
        ("-pppp", "Epppp"),
        ("pp---", "ppTtt"),
        ("pp--tp", "ppTttp"),
        ("ppTtp", "ppTtp"),
        ("ppTp", "ppTp"),
        ("pp-", "ppT"),
        ("ppHpp", "ppHpp"),
        ("pp---", "ppHHA"),
        ("Hpp", "Hpp"),
        ("pp------", "ppTtATtt"),
    ],
)
def test_scopes(expected: str, kinds: str) -> None:
    """Each scope goes where it is said to go."""
    assert expected == mark(kinds)


def test_edges_grow_with_what_goes() -> None:
    """Lines that go do not count; the edge ends after the lines that stay."""
    assert "p---ppLpp" == mark("pLLLppLpp", 2)
    assert "pp-pp" == mark("ppApp", 0)

"""Tests of counting differences and telling them."""

from __future__ import annotations

import pytest

from copydesk.difference.fate import Finding
from copydesk.difference.tally import Tally
from copydesk.difference.telling import tell, to_plain
from copydesk.printing.terminal import Paint


@pytest.fixture
def tally() -> Tally:
    """Return the differences of eighty thousand documents."""
    tally = Tally({}, keeps_keys=True)
    for number in range(80_000):
        findings = []
        if number < 214:
            after = "da" if number < 190 else "sv"
            findings.append(Finding("identify", "language.code", "no", after))
        if number % 20_000 == 0:
            findings.append(Finding("names", "entities.ORG", ["xAI", "X"], ["SpaceX"], 2, 1))
        tally.add_findings(f"{79_999 - number:05}.txt", findings)
    return tally


def test_summary(tally: Tally) -> None:
    """Each field is told with its step, how often it differs, and its most frequent values."""
    lines = list(tell(tally, Paint(is_coloured=False)))

    assert "80,000 compared, 217 differ (0.271 %)" == lines[0]
    change = "214 of 80,000 change, 190 of them no -> da, 24 of them no -> sv"
    assert f"identify  language.code  {change}" == lines[1]
    assert "    79786.txt: 'no' -> 'sv'" == lines[2]
    assert "names     entities.ORG   4 of 80,000 change, 8 gone, 4 new" == lines[4]
    assert "    19999.txt: ['xAI', 'X'] -> ['SpaceX']" == lines[5]
    assert "19999.txt: entities.ORG" == lines[7]
    assert 7 + 217 == len(lines)


def test_data(tally: Tally) -> None:
    """Programs get all values, some examples, and the documents."""
    plain = to_plain(tally)

    code, org = plain["fields"]
    assert (80_000, 217, 217) == (plain["compared"], plain["differ"], len(plain["documents"]))
    assert [("no", "da", 190), ("no", "sv", 24)] == [tuple(v.values()) for v in code["values"]]
    assert (10, 4) == (len(code["examples"]), len(org["examples"]))
    assert ("names", "entities.ORG", 4, 8, 4) == tuple(list(org.values())[:5])


def test_values_that_do_not_repeat_are_not_listed() -> None:
    """Of a confidence that differs everywhere only the number of documents is told."""
    tally = Tally({})
    for number in range(1000):
        finding = Finding("identify", "language.confidence", number / 1000, 1.0)
        tally.add_findings(str(number), [finding])

    assert "1,000 of 1,000 change" in list(tell(tally, Paint(is_coloured=False)))[1]
    assert "->" not in list(tell(tally, Paint(is_coloured=False)))[1]


def test_hostile_values_are_harmless() -> None:
    """No name and no value can command the terminal."""
    tally = Tally({}, keeps_keys=True)
    tally.add_findings("\x1b[2J.txt", [Finding("a", "metadata.title", "x", "\x1b[31m\u202e")])

    assert "\x1b" not in "".join(tell(tally, Paint(is_coloured=False)))

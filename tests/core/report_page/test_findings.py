"""What a store holds, gathered in one pass."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from copydesk.ledger import Known, Row, Run, State
from copydesk.report_page.findings import gather


@frozen
class Shelf:
    """As much of a store as the report reads; its records come one at a time."""

    size: int
    fates: tuple[Row, ...] = ()

    def known(self) -> Iterator[Known]:
        """Yield the ledger."""
        for number in range(self.size):
            yield Known(f"{number}.txt", "done", 1, None, "", "f", 0)
        for row in self.fates:
            yield Known(row.key, row.state, 1, None, "", "f", 0)

    def rows(self) -> Iterator[Row]:
        """Yield what is not done."""
        yield from self.fates

    def records(self) -> Iterator[bytes]:
        """Yield the records."""
        for number in range(self.size):
            yield json.dumps(record(number)).encode()

    def runs(self) -> Iterator[Run]:
        """Yield more runs than are shown."""
        for number in range(25, 0, -1):
            yield Run("then", "c.yaml", "in", "f", ({"label": "late"},), number, "now")


def record(number: int) -> dict[str, Any]:
    """Return a record as plain data, with fields that the report does not read."""
    return {
        "source": {"uri": f"{number}.txt", "member": None, "size": 3},
        "encoding": {"name": "utf-8", "replaced": number % 2},
        "language": {"code": "de" if number % 4 else "fr"},
        "text": "x" * number,
        "removed": [{"text": f"ad {number}", "reason": "advert", "step": "lines", "start": 0}],
        "entities": [{"label": "ORG", "text": "BBC"}, {"label": "PLACE", "text": "Rome"}],
        "steps": [
            step("early", number / 1000, "done"),
            step("late", 0.001, "failed", f"broke at {number}"),
            step("never", 0.0, "skipped"),
        ],
        "extra": {},
    }


def step(label: str, seconds: float, outcome: str, note: str | None = None) -> dict[str, Any]:
    """Return a step's trace as plain data."""
    return {"label": label, "seconds": seconds, "outcome": outcome, "note": note}


def row(key: str, state: State, reason: str) -> Row:
    """Return a row of the ledger."""
    return Row(key, state, "lines", reason, "", 1, 1, "f")


def counted(groups: Any) -> dict[Any, int]:
    """Return the groups' numbers."""
    return {name: group.count for name, group in groups.ranked()}


def test_records_are_counted() -> None:
    """Languages, encodings, labels, lengths and removed text are those of the records."""
    found = gather(Shelf(20))  # type: ignore[arg-type]

    assert 20 == found.records == found.outcomes["done"]
    assert {"de": 15, "fr": 5} == counted(found.languages)
    assert {"utf-8": 20} == counted(found.encodings)
    assert 10 == found.damaged
    assert {"ORG": 20, "PLACE": 20} == counted(found.labels)
    assert (190, 19) == (found.lengths.total, found.lengths.most)
    ((name, removed),) = found.removed.ranked()
    assert ("lines", "advert") == name
    assert (20, sum(len(f"ad {number}") for number in range(20))) == (removed.count, removed.weight)


def test_steps_are_timed() -> None:
    """Times are of the steps that ran, in the order of the newest chain; the slowest come first."""
    found = gather(Shelf(20))  # type: ignore[arg-type]

    assert ["late", "early"] == [label for label, _ in found.times]
    assert (20, 190_000) == (found.steps["early"].count, found.steps["early"].total)
    assert [f"{number}.txt" for number in range(19, 9, -1)] == [slow.key for slow in found.slow]
    assert ("early", 19) == (found.slow[0].step, found.slow[0].characters)


def test_errors_of_a_kind_stand_together() -> None:
    """What is dropped, in quarantine or passed over is told by step and kind, and gone is not."""
    fates = (
        row("a", "quarantined", "bad line 3"),
        row("b", "quarantined", "bad line 4"),
        row("c", "dropped", "too short"),
        row("d", "gone", ""),
    )

    found = gather(Shelf(5, fates))  # type: ignore[arg-type]

    assert {
        ("step passed over", "late", "broke at N"): 5,
        ("quarantined", "lines", "bad line N"): 2,
        ("dropped", "lines", "too short"): 1,
    } == counted(found.fates)
    assert {"done": 5, "quarantined": 2, "dropped": 1, "gone": 1} == found.outcomes


def test_only_the_newest_runs_are_kept() -> None:
    """Twenty runs are shown, the others counted."""
    found = gather(Shelf(1))  # type: ignore[arg-type]

    assert [25, 6] == [found.runs[0].number, found.runs[-1].number]
    assert 5 == found.older_runs


def test_memory_does_not_grow_with_the_store() -> None:
    """Four times as many records take no more memory at the peak, but for a few numbers."""
    peaks = []
    for size in (1000, 4000):
        tracemalloc.start()
        gather(Shelf(size))  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.25 * peaks[0]

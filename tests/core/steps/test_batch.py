"""Batches: halved where they fail, sized by their pace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from copydesk.api import Document, Item
from copydesk.steps.batch import Pace, call_batch

DOCUMENTS = [Document(Item(f"{number}.txt"), text=str(number)) for number in range(16)]


class Step:
    """Answers with the texts, but raises on some; remembers what it was given."""

    def __init__(self, bad: str = "", answers: int | None = None) -> None:
        self.bad = bad.split()
        self.answers = answers
        self.given: list[list[str | None]] = []

    def process_batch(self, documents: Sequence[Document]) -> list[Any]:
        """Return the texts."""
        texts = [document.text for document in documents]
        self.given.append(texts)
        for text in texts:
            if text in self.bad:
                raise OSError(f"bad {text}")
        return texts[: self.answers]


def test_good_batch_is_one_call() -> None:
    """A batch without a bad document is given once, whole and in order."""
    step = Step()
    texts = [document.text for document in DOCUMENTS]

    assert texts == call_batch(step.process_batch, DOCUMENTS)
    assert [texts] == step.given


@pytest.mark.parametrize("bad", ["0", "15", "7", "3 4", "0 5 10 15"])
def test_bad_document_costs_itself(bad: str) -> None:
    """Each bad document has its own error, every other one its result, in their places."""
    step = Step(bad)
    made = call_batch(step.process_batch, DOCUMENTS)

    wanted = [f"bad {d.text}" if d.text in bad.split() else d.text for d in DOCUMENTS]
    assert wanted == [str(result) for result in made]
    assert len(bad.split()) == sum(isinstance(result, OSError) for result in made)


def test_one_bad_document_takes_few_calls() -> None:
    """One bad document among sixteen is found in nine calls, two at each halving."""
    step = Step("11")
    call_batch(step.process_batch, DOCUMENTS)

    assert 9 == len(step.given)


def test_wrong_number_of_results() -> None:
    """A step that answers for one document too few is asked again for each; none is mixed up."""
    forgetful = Step(answers=1)
    silent = Step(answers=0)

    assert [d.text for d in DOCUMENTS] == call_batch(forgetful.process_batch, DOCUMENTS)
    made = call_batch(silent.process_batch, DOCUMENTS[:2])
    assert 2 * [
        "process_batch returned 0 results for 1 documents; return one for each, in order"
    ] == [str(error) for error in made]


def test_first_batch_is_of_one() -> None:
    """Before anything is known, a batch with a limit is of one document, without one whole."""
    assert 1 == Pace(32).limit(60.0)
    assert 32 == Pace(32).limit(0.0)


@pytest.mark.parametrize(
    ("seconds", "size"), [(0.0, 32), (0.1, 32), (1.0, 15), (7.0, 2), (40.0, 1)]
)
def test_batches_shrink_with_the_pace(seconds: float, size: int) -> None:
    """A batch is as large as fits four times into the time that one document has."""
    pace = Pace(32)
    pace.note(2 * seconds, 2)

    assert size == pace.limit(60.0)


def test_pace_forgets() -> None:
    """A slow first call, as of a model that warms up, counts for less with each later one."""
    pace = Pace(32)
    pace.note(30.0, 1)
    for _ in range(8):
        pace.note(0.1, 1)

    assert 32 == pace.limit(60.0)

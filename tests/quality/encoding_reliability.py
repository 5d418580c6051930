"""Asks whether the confidence of the encoding step means what it says."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from encoding_data import Case
from encoding_tools import judge_document, make_step

from copydesk.api import Document, DocumentError, Item

STEP = make_step()
EDGES = (0.5, 0.7, 0.9, 0.95, 0.99, 0.999)


@frozen
class Answer:
    """What the step said of a case, and whether it was right."""

    method: str
    confidence: float
    is_right: bool


def give_answer(case: Case) -> Answer | None:
    """Return what the step says of a case; nothing for what it refuses to read."""
    try:
        document = STEP.process(Document(Item("a"), raw=case.raw))
    except DocumentError:
        return None
    assert isinstance(document, Document)
    assert document.encoding is not None
    return Answer(
        document.encoding.method, document.encoding.confidence, judge_document(document, case)
    )


def group_answers(answers: Iterable[Answer]) -> dict[tuple[str, int], list[Answer]]:
    """Return the answers by their method and the band that their confidence is in."""
    found: dict[tuple[str, int], list[Answer]] = {}
    for answer in answers:
        band = sum(answer.confidence >= edge for edge in EDGES)
        found.setdefault((answer.method, band), []).append(answer)
    return found

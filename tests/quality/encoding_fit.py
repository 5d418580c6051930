"""Fits the weights of `copydesk_encoding.reading`: `python tests/quality/encoding_fit.py DATA`.

A softmax over what each text may be, on the half of the cases that is for tuning, with a little
shrinkage. Every row of the table counts with the square root of its cases. Prints the line to put
into the module, and how many cases of either half it gets wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import numpy as np
from attrs import frozen
from encoding import list_rows
from encoding_data import Case
from encoding_score import read_labelled
from encoding_tools import make_step

from copydesk.api import Candidate, Document, DocumentError, Item
from copydesk_encoding import ranking
from copydesk_encoding.decoding import decode
from copydesk_encoding.reading import compare

SHRINKAGE = 1e-3
STEPS = 25

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@frozen(eq=False)
class Choice:
    """The readings of one case."""

    row: str
    is_tuning: bool
    evidence: Matrix
    """The evidence for each reading."""
    right: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Which readings are right."""


def collect(data: Path) -> list[Choice]:
    """Return the cases that come down to statistics, and that these can get right or wrong."""
    step = make_step()
    asked: list[tuple[bytes, tuple[Candidate, ...]]] = []

    def rank(raw: bytes, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        asked.append((raw, candidates))
        return candidates

    found: list[Choice] = []
    with patch("copydesk_encoding.engine.rank", rank):
        for row, make in list_rows(data).items():
            for case in make():
                asked.clear()
                try:
                    step.process(Document(Item("a"), raw=case.raw))
                except DocumentError:
                    continue
                if asked and asked[0][1]:
                    found.append(_examine(row, case, *asked[0]))
    return [choice for choice in found if choice.right.any() and not choice.right.all()]


def _examine(row: str, case: Case, raw: bytes, candidates: tuple[Candidate, ...]) -> Choice:
    window = ranking.cut_window(raw)
    readings = ranking.list_readings(window, candidates)
    scale = compare(readings, ranking.count_high(window))
    evidence = [reading.list_evidence(scale) for reading in readings]
    truths = read_labelled(case.raw, case.label) if case.label else set()
    texts = [decode(case.raw, reading.candidates[0].name).text for reading in readings]
    right = [text in truths or text.rstrip("\ufffd") in truths for text in texts]
    return Choice(row, case.tuning, np.array(evidence, float), np.array(right, bool))


def fit(choices: list[Choice]) -> Vector:
    """Return the weights of least loss, by Newton's method."""
    counts = Counter(choice.row for choice in choices)
    shares = [counts[choice.row] ** -0.5 for choice in choices]
    whole = sum(shares)
    weighed = [(choice, share / whole) for choice, share in zip(choices, shares, strict=True)]
    weights = np.zeros(choices[0].evidence.shape[1])
    loss, slope, bend = measure(weighed, weights)
    for _ in range(STEPS):
        move = np.linalg.solve(bend, slope)
        while True:
            after, next_slope, next_bend = measure(weighed, weights - move)
            if after <= loss or np.abs(move).max() < 1e-5:
                break
            move /= 2
        weights, loss, slope, bend = weights - move, after, next_slope, next_bend
    return weights


def measure(weighed: list[tuple[Choice, float]], weights: Vector) -> tuple[float, Vector, Matrix]:
    """Return the loss at these weights, its slope and how that bends."""
    loss = SHRINKAGE * float(weights @ weights)
    slope = 2 * SHRINKAGE * weights
    bend = 2 * SHRINKAGE * np.eye(len(weights))
    for choice, share in weighed:
        logits = choice.evidence @ weights
        parts = np.exp(logits - logits.max())
        parts /= parts.sum()
        right = parts * choice.right
        total = max(float(right.sum()), 1e-12)
        mean = parts @ choice.evidence
        loss -= share * float(np.log(total))
        slope -= share * (right / total @ choice.evidence - mean)
        bend += share * ((choice.evidence.T * parts) @ choice.evidence - np.outer(mean, mean))
    return loss, slope, bend


def count_wrong(choices: list[Choice], weights: Vector) -> int:
    """Return how many cases the weights get wrong."""
    return sum(not choice.right[int(np.argmax(choice.evidence @ weights))] for choice in choices)


if __name__ == "__main__":
    choices = collect(Path(sys.argv[1]))
    tuning = [choice for choice in choices if choice.is_tuning]
    weights = fit(tuning)
    print(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})")
    others = [choice for choice in choices if not choice.is_tuning]
    print(f"wrong: {count_wrong(tuning, weights)} of {len(tuning)} for tuning,")
    print(f"       {count_wrong(others, weights)} of the other {len(others)}")

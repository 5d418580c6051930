"""Fits the weights of `copydesk_language.blend`: `python tests/quality/language_fit.py FOLDER`.

A softmax over the candidates of each text of the tuning half, every language weighing the same,
with a little shrinkage. Prints the lines to put into the module.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from language_data import read, read_sets

from copydesk_language.blend import Blend
from copydesk_language.noise import strip_noise
from copydesk_language.script import count_scripts, main_script

SHRINKAGE = 2e-4
STEPS = 12

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Row = tuple[Matrix, int, str]
"""The evidence for each candidate, the index of the right one, and its code."""


def collect(blend: Blend, folder: Path, *, with_bayes: bool) -> list[Row]:
    """Return the texts of the tuning half whose language is among several candidates."""
    broad = frozenset().union(*read_sets(folder).values())
    rows: list[Row] = []
    for case in read(folder, "items.jsonl", "tune"):
        text, code = strip_noise(case["text"]), case["language"]
        script = main_script(count_scripts(text))
        if case["kind"] == "garbage" or code not in broad:
            continue
        weighed = blend.weigh(text, script, with_bayes=with_bayes)
        if code in weighed.codes and len(weighed.codes) > 1:
            rows.append((np.array(weighed.rows, float), weighed.codes.index(code), code))
    return rows


def fit(rows: list[Row]) -> list[float]:
    """Return the weights of least loss; the loss is convex, so that Newton's method finds them."""
    weights = np.zeros(rows[0][0].shape[1])
    loss, slope, bend = measure(rows, weights)
    for _ in range(STEPS):
        move = np.linalg.solve(bend, slope)
        while True:
            after, next_slope, next_bend = measure(rows, weights - move)
            if after <= loss or np.abs(move).max() < 1e-6:
                break
            move /= 2
        weights, loss, slope, bend = weights - move, after, next_slope, next_bend
    return [round(float(weight), 2) for weight in weights]


def measure(rows: list[Row], weights: Vector) -> tuple[float, Vector, Matrix]:
    """Return the loss at these weights, its slope and how that bends."""
    counts = Counter(code for _, _, code in rows)
    loss = SHRINKAGE * float(weights @ weights)
    slope = 2 * SHRINKAGE * weights
    bend = 2 * SHRINKAGE * np.eye(len(weights))
    for evidence, right, code in rows:
        share = 1 / len(counts) / counts[code]
        logits = evidence @ weights
        parts = np.exp(logits - logits.max())
        total = parts.sum()
        parts /= total
        mean = parts @ evidence
        loss -= share * float(logits[right] - logits.max() - np.log(total))
        slope -= share * (evidence[right] - mean)
        bend += share * ((evidence.T * parts) @ evidence - np.outer(mean, mean))
    return loss, slope, bend


if __name__ == "__main__":
    blend = Blend()
    for title, with_bayes in (("QUICK", False), ("FULL", True)):
        found = fit(collect(blend, Path(sys.argv[1]), with_bayes=with_bayes))
        print(f"{title} = ({', '.join(map(str, found))})")

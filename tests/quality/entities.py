"""Scores `entities.names` on sets of marked sentences: `python tests/quality/entities.py FOLDER`.

Strict: span and label must both be right. A gazetteer finds only what it knows, so precision is
the figure to watch; recall says how far a list of names goes by itself.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from attrs import evolve, frozen

from copydesk.api import Document, Encoding, Item, Language
from copydesk_entities.names import Names
from copydesk_entities.options import NamesOptions

_LABELS = ("PERSON", "ORG", "PLACE")
_Span = tuple[int, int, str]


@frozen
class Tally:
    """Right, found and wanted mentions."""

    right: int
    found: int
    wanted: int

    def __str__(self) -> str:
        """Return precision, recall and F1 in per cent."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        total = precision + recall
        f1 = 2 * precision * recall / total if total else 0.0
        return f"{100 * precision:6.1f} {100 * recall:6.1f} {100 * f1:6.1f}"


def main() -> None:
    """Print one line a set and, when asked, the commonest mistakes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of LANGUAGE.SET.jsonl files")
    parser.add_argument("--sentences", type=int, default=2000, help="at most so many of a set")
    parser.add_argument("--only", default="", help="sets whose name contains this")
    parser.add_argument("--mistakes", type=int, default=0, help="show so many wrong mentions")
    parser.add_argument(
        "--no-language", action="store_true", help="keep the language from the step"
    )
    arguments = parser.parse_args()
    step = Names(NamesOptions())
    print(f"{'set':32}{'all P':>7}{'R':>7}{'F1':>7}   PERSON P,R,F1 / ORG / PLACE")
    for path in sorted(arguments.folder.glob("*.jsonl")):
        if arguments.only not in path.name:
            continue
        language = "" if arguments.no_language else path.name.split(".")[0]
        rows = _sample(path, arguments.sentences)
        score(path.stem, rows, language, step, arguments.mistakes)


def score(name: str, rows: list[dict[str, Any]], language: str, step: Names, mistakes: int) -> None:
    """Print the score of one set."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    began = process_time()
    for row, gold, guess in _pairs(rows, language, step):
        right.update(label for _, _, label in gold & guess)
        found.update(label for _, _, label in guess)
        wanted.update(label for _, _, label in gold)
        for start, end, label in guess - gold:
            wrong[f"{label} {row['text'][start:end]} | {_around(row, start, end)}"] += 1
    seconds = process_time() - began
    tallies = [Tally(right[label], found[label], wanted[label]) for label in _LABELS]
    total = Tally(right.total(), found.total(), wanted.total())
    rest = " /".join(map(str, tallies))
    print(f"{name:32}{total}  {rest}   {seconds:.1f} s", flush=True)
    for mention, count in wrong.most_common(mistakes):
        print(f"    {count:4} {mention}")


def _pairs(
    rows: list[dict[str, Any]], language: str, step: Names
) -> Iterator[tuple[dict[str, Any], set[_Span], set[_Span]]]:
    for row in rows:
        document = Document(Item("row")).decoded(row["text"], Encoding("utf-8", "utf-8"))
        if language:
            document = evolve(document, language=Language(language))
        entities = step.process(document).entities
        gold = {(one["start"], one["end"], one["label"]) for one in row["entities"]}
        yield (
            row,
            {one for one in gold if one[2] in _LABELS},
            {(one.start, one.end, one.label) for one in entities},
        )


def _around(row: dict[str, Any], start: int, end: int) -> str:
    """Return what the gold says where the mistake lies."""
    for one in row["entities"]:
        if one["start"] < end and start < one["end"]:
            return f"{one['label']} {row['text'][one['start'] : one['end']]}"
    return "nothing"


def _sample(path: Path, size: int) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return rows if len(rows) <= size else random.Random(size).sample(rows, size)


if __name__ == "__main__":
    main()

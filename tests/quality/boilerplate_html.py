"""Scores extraction from pages: `python tests/quality/boilerplate_html.py DATA [--limit N]`.

DATA is the folder that holds `boilerplate`. Printed are the F1 of each set by its own measure, how
many of the letters are mapped to the source, and how often the facts about a page are right.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unicodedata import normalize

from copydesk.api import Document, DocumentError, Encoding, Item, Metadata
from copydesk_boilerplate.extraction import Extraction
from copydesk_boilerplate.options import ExtractionOptions

Grams = Counter[Any]


def count_words(text: str) -> Grams:
    """Return the words of a text in lower case."""
    return Counter(re.findall(r"\w+", text.lower()))


def count_characters(text: str) -> Grams:
    """Return the runs of five letters or digits, whatever lies between them."""
    letters = re.sub(r"[\W_]+", "", normalize("NFKC", text).lower())
    return Counter(letters[at : at + 5] for at in range(max(1, len(letters) - 4)))


def count_shingles(text: str) -> Grams:
    """Return the runs of four words."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def score_pages(pages: Sequence[tuple[Grams, Grams]]) -> float:
    """Return the mean of the pages' F1, given what is true and what was found of each."""
    return sum(score_page(*page) for page in pages) / len(pages)


def score_page(true: Grams, found: Grams) -> float:
    """Return the F1 of one page."""
    common = (true & found).total()
    return 2 * common / max(1, true.total() + found.total())


def score_together(pages: Sequence[tuple[Grams, Grams]]) -> float:
    """Return the F1 of mean precision and mean recall, as the AEB does."""
    common = [(true & found).total() for true, found in pages]
    precision = mean(n / f.total() for n, (_, f) in zip(common, pages, strict=True) if f.total())
    recall = mean(n / t.total() for n, (t, _) in zip(common, pages, strict=True) if t.total())
    return 2 * precision * recall / (precision + recall)


def mean(numbers: Iterator[float]) -> float:
    """Return the mean of some numbers."""
    values = list(numbers)
    return sum(values) / max(1, len(values))


Score = Callable[[Sequence[tuple[Grams, Grams]]], float]
SETS: dict[str, tuple[Callable[[str], Grams], Score]] = {
    "aeb": (count_shingles, score_together),
    "fundus-half": (count_characters, score_pages),
    "wcxb-dev": (count_words, score_pages),
}


def read_pages(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the truth and the source of each page of a set."""
    for line in (folder / "truth.jsonl").read_text("utf-8").rstrip("\n").split("\n"):
        truth = json.loads(line)
        with gzip.open(folder / "html" / f"{truth['id']}.html.gz") as file:
            yield truth, file.read().decode("utf-8", "replace")


def judge_facts(truth: dict[str, Any], found: Metadata) -> Iterator[str]:
    """Yield what is known of a page, and what of that was found exactly."""
    authors = truth.get("authors") or []
    pairs = {
        "title": (plain(truth.get("title")), plain(found.title)),
        "day": ((truth.get("published") or "")[:10], (found.published or "")[:10]),
        "authors": (
            {plain(name) for name in ([authors] if isinstance(authors, str) else authors)},
            {plain(name) for name in found.authors},
        ),
    }
    for name, (true, answer) in pairs.items():
        if true:
            yield name
            yield f"{name} {'right' if true == answer else 'wrong' if answer else 'missing'}"


def plain(text: str | None) -> str:
    """Return the words of a text, for a comparison that forgives punctuation."""
    return " ".join(re.findall(r"\w+", normalize("NFKC", text or "").casefold()))


def score_set(step: Extraction, folder: Path, limit: int | None) -> None:
    """Print the scores of one set."""
    count, score = SETS[folder.name]
    grams = []
    counts: Counter[str] = Counter()
    seconds = 0.0
    for truth, page in list(read_pages(folder))[:limit]:
        document = Document(Item(truth["id"])).decoded(page, Encoding("utf-8", "utf-8"))
        start = time.process_time()
        try:
            document = step.process(document)
        except DocumentError as error:
            print(f"  {truth['id']}: {error}")
            document = document.with_text("")
        seconds += time.process_time() - start
        text = document.text or ""
        grams.append((count(truth["text"]), count(text)))
        counts["letters"] += len("".join(text.split()))
        for segment in document.segments:
            counts["mapped"] += len("".join(text[segment.start : segment.end].split()))
        counts.update(judge_facts(truth, document.metadata))
    print(
        f"{folder.name}: F1 {score(grams):.4f}  mapped {counts['mapped'] / counts['letters']:.2%}"
        f"  {len(grams) / seconds:.1f} pages/s"
    )
    for name in ("title", "day", "authors"):
        if counts[name]:
            shares = {
                k: counts[f"{name} {k}"] / counts[name] for k in ("right", "wrong", "missing")
            }
            print(f"  {name}: " + "  ".join(f"{k} {share:.1%}" for k, share in shares.items()))


def main() -> None:
    """Score the step on all sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, help="pages of each set")
    arguments = parser.parse_args()
    step = Extraction(ExtractionOptions())
    for name in SETS:
        score_set(step, arguments.data / "boilerplate" / name, arguments.limit)


if __name__ == "__main__":
    main()

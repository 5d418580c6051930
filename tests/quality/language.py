"""Scores `language.identify` beside the single tools: `python tests/quality/language.py FOLDER`."""

from __future__ import annotations

import argparse
import resource
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

from language_data import Half, read, read_sets

from copydesk.api import Document, Encoding, Item, Language, LanguageSpan
from copydesk_language import copydesk_steps

Identify = Callable[[str], Document]
KINDS = ("document", "sentence", "title")
NEAR = 3  # characters within which a boundary is right


def build(**options: Any) -> Identify:
    """Return the step, built as the chain builds it."""
    spec = next(iter(copydesk_steps()))
    step: Any = spec.build(spec.options(**options))

    def identify(text: str) -> Document:
        document = step.process(Document(Item("a")).decoded(text, Encoding("utf-8", "given")))
        if not isinstance(document, Document):
            raise TypeError("the step dropped a document")
        return document

    return identify


def name(identify: Identify, text: str) -> Language:
    """Return the language that the step names."""
    found = identify(text).language
    if found is None:
        raise TypeError("the step gave no language")
    return found


def score_items(identify: Identify, cases: Sequence[Any], sets: dict[str, frozenset[str]]) -> str:
    """Return macro accuracy by set and kind, garbage refused, news lost, and the speed."""
    started = process_time()
    answers = [name(identify, case["text"]).code for case in cases]
    seconds = process_time() - started
    cells = [
        " / ".join(f"{score_macro(cases, answers, kind, codes):6.2f}" for kind in KINDS)
        for codes in sets.values()
    ]
    refused = _share(a == "und" for c, a in zip(cases, answers, strict=True) if is_garbage(c))
    lost = _share(
        a == "und"
        for c, a in zip(cases, answers, strict=True)
        if c["kind"] == "sentence" and c["language"] in sets["news25"]
    )
    documents = time_documents(identify, cases, sets["news25"])
    return (
        f"{' | '.join(cells)} | {refused:6.2f} {lost:5.2f} | {documents:6.0f}"
        f" | {1000 * seconds / len(cases):.2f} ms"
    )


def score_macro(
    cases: Sequence[Any], answers: Sequence[str], kind: str, codes: frozenset[str]
) -> float:
    """Return the accuracy in per cent, averaged over languages."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case, answer in zip(cases, answers, strict=True):
        if case["kind"] == kind and case["language"] in codes:
            total[case["language"]] += 1
            right[case["language"]] += case["language"] == answer
    return 100 * sum(right[code] / total[code] for code in total) / (len(total) or 1)


def is_garbage(case: Any) -> bool:
    """Tell whether the right answer is `und`."""
    return bool(case["kind"] == "garbage")


def time_documents(identify: Identify, cases: Sequence[Any], codes: frozenset[str]) -> float:
    """Return news documents a second and core."""
    texts = [c["text"] for c in cases if c["kind"] == "document" and c["language"] in codes]
    started = process_time()
    for text in texts:
        identify(text)
    return len(texts) / (process_time() - started)


def score_paragraphs(identify: Identify, cases: Iterable[Any]) -> float:
    """Return the paragraphs of mixed documents that have the right language, in per cent."""
    right: list[bool] = []
    for case in cases:
        spans = identify(case["text"]).languages
        start = 0
        for paragraph in case["paragraphs"]:
            end = start + len(paragraph["text"])
            best = max(spans, key=lambda span: _overlap(span, start, end))
            right.append(best.code == paragraph["language"])
            start = end + 1
    return _share(right)


def score_spans(identify: Identify, cases: Iterable[Any]) -> tuple[float, float]:
    """Return the characters with the right language in per cent, and the F1 of boundaries."""
    right = total = hits = wanted = given = 0
    for case in cases:
        spans = identify(case["text"]).languages
        for truth in case["spans"]:
            start, end = truth["start"], truth["end"]
            total += end - start
            right += sum(
                _overlap(span, start, end) for span in spans if span.code == truth["language"]
            )
        truths = [after["start"] for _, after in pairwise(case["spans"])]
        found = [span.start for span in spans[1:]]
        wanted, given = wanted + len(truths), given + len(found)
        for boundary in truths:
            near = [start for start in found if abs(start - boundary) <= NEAR]
            if near:
                found.remove(near[0])
                hits += 1
    return 100 * right / total, 2 * hits / (wanted + given)


def print_reliability(identify: Identify, cases: Iterable[Any], codes: frozenset[str]) -> None:
    """Print how often an answer is right, by the confidence that it was given with."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    edges = (0.5, 0.7, 0.9, 0.95, 0.99, 0.999)
    for case in cases:
        if case["kind"] in ("sentence", "title") and case["language"] in codes:
            found = name(identify, case["text"])
            group = sum(found.confidence >= edge for edge in edges)
            bins.setdefault(group, []).append((found.confidence, found.code == case["language"]))
    print("\nreliability, sentences and titles of broad81\nconfidence  right     n")
    for group in sorted(bins):
        pairs = bins[group]
        mean = sum(confidence for confidence, _ in pairs) / len(pairs)
        print(f"{100 * mean:10.2f} {_share(right for _, right in pairs):6.2f} {len(pairs):5}")


def _overlap(span: LanguageSpan, start: int, end: int) -> int:
    return max(0, min(span.end, end) - max(span.start, start))


def _share(claims: Iterable[bool]) -> float:
    found = list(claims)
    return 100 * sum(found) / (len(found) or 1)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with items.jsonl and the mixed files")
    parser.add_argument("--half", choices=("tune", "report", "all"), default="report")
    parser.add_argument("--backends", nargs="*", default=["blend", "py3langid", "eldc", "cld2"])
    parser.add_argument("--model", type=Path, help="fastText model, for the backend fasttext")
    given = parser.parse_args()
    half: Half = given.half
    sets = read_sets(given.folder)
    cases = list(read(given.folder, "items.jsonl", half))
    print("document / sentence / title, macro %; garbage refused, news lost %; documents a second")
    print("           news25                   | broad81                  | garbage      | docs/s")
    for backend in given.backends:
        started = process_time()
        identify = build(backend=backend, model=given.model)
        loaded = process_time() - started
        print(f"{backend:10} {score_items(identify, cases, sets)}, load {loaded:.2f} s")
        paragraphs = score_paragraphs(identify, read(given.folder, "mixed_paragraphs.jsonl", half))
        characters, boundaries = score_spans(
            identify, read(given.folder, "mixed_spans.jsonl", half)
        )
        print(
            f"{'':10} paragraphs {paragraphs:.2f} %, characters {characters:.2f} %,"
            f" boundary F1 {boundaries:.3f}"
        )
        if backend == given.backends[0]:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{'':10} resident {memory:.0f} MB")
            first = identify
    print_reliability(first, cases, sets["broad81"])


if __name__ == "__main__":
    main()

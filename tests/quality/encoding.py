"""Scores the encoding step beside single tools: `python tests/quality/encoding.py DATA`.

DATA is the folder that holds `boilerplate`, `encoding` and `language`. Each score is the percentage
of right answers on the half of the cases that no weight was fitted to; `--tuning` shows the other
half. Rows that say `all` are of both halves, as targets are defined. The kinds of evidence were
thought out with the errors of both halves in view: only the weights are blind to the half shown.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from encoding_data import (
    LEGACY,
    OTHERS,
    Case,
    damage,
    keep_news,
    list_files,
    read_news,
    take_heads,
    take_snippets,
    transcode,
    widen,
)
from encoding_harm import count_altered, is_legacy, is_taken_for_utf8
from encoding_prescan import list_pages, read_declared
from encoding_reliability import give_answer, group_answers
from encoding_speed import print_speed
from encoding_tools import Judge, judge_step, list_tools, make_step


def list_rows(data: Path) -> dict[str, Callable[[], list[Case]]]:
    """Return what makes the cases of each row of the table, by its name."""
    suite = list_files(data / "encoding", "chardet_suite")
    uchardet = list_files(data / "encoding", "uchardet")
    documents = read_news(data / "language", "document")
    sentences = read_news(data / "language", "sentence")
    titles = read_news(data / "language", "title")
    legacy = transcode(documents, LEGACY)
    wide = widen(documents)
    return {
        "chardet suite, all": lambda: suite,
        "chardet suite": lambda: suite,
        "chardet suite, news, all": lambda: keep_news(suite),
        "chardet suite, news": lambda: keep_news(suite),
        "chardet suite, 200 bytes": lambda: take_heads(suite),
        "chardet suite, 20 characters": lambda: take_snippets(suite),
        "char-dataset": lambda: list_files(data / "encoding", "char_dataset"),
        "uchardet, all": lambda: uchardet,
        "uchardet": lambda: uchardet,
        "uchardet, 200 bytes": lambda: take_heads(uchardet),
        "uchardet, 20 characters": lambda: take_snippets(uchardet),
        "news, legacy": lambda: legacy,
        "news, legacy, 200 bytes": lambda: take_heads(legacy),
        "news, legacy, 20 characters": lambda: take_snippets(legacy),
        "news, legacy, sentences": lambda: transcode(sentences, LEGACY),
        "news, legacy, titles": lambda: transcode(titles, LEGACY),
        "news, 20 of sentences": lambda: take_snippets(transcode(sentences, LEGACY)),
        "news, other encodings": lambda: transcode(documents, OTHERS),
        "news, other, titles": lambda: transcode(titles, OTHERS),
        "news, other, 20 of sentences": lambda: take_snippets(transcode(sentences, OTHERS)),
        "UTF-16/32 without a mark": lambda: wide,
        "UTF-16/32, 200 bytes": lambda: take_heads(wide),
        "damaged UTF-8": lambda: damage(documents),
        "damaged UTF-8, sentences": lambda: damage(sentences)[::3],
    }


def score(judge: Judge, cases: list[Case]) -> tuple[float, float]:
    """Return the percentage of right answers and the CPU milliseconds a case."""
    start = time.process_time()
    right = sum(map(judge, cases))
    spent = time.process_time() - start
    number = max(1, len(cases))
    return 100 * right / number, 1000 * spent / number


def choose_half(row: str, cases: list[Case], *, tuning: bool) -> list[Case]:
    """Return the cases of one half, or all of them for a row that says so."""
    if row.endswith(", all"):
        return cases
    return [case for case in cases if case.tuning == tuning]


def print_table(data: Path, judges: dict[str, Judge], chosen: str, *, tuning: bool) -> None:
    """Print a line for each row with the score and the milliseconds of each judge."""
    print(f"{'':30}{'cases':>6}", *(f"{name:>20}" for name in judges))
    for row, make in list_rows(data).items():
        if chosen not in row:
            continue
        cases = choose_half(row, make(), tuning=tuning)
        scores = [score(judge, cases) for judge in judges.values()]
        cells = (f"{right:11.2f} {spent:5.1f} ms" for right, spent in scores)
        print(f"{row:30}{len(cases):6}", *cells, flush=True)


def print_prescan(data: Path) -> None:
    """Print how many pages are read as they declare, and those that are not."""
    step = make_step()
    pages = [page for page in list_pages(data / "encoding" / "prescan") if not page.scripted]
    wrong = [page for page in pages if read_declared(step, page) != page.label]
    late = sum(len(page.raw) > 1024 for page in pages)
    print(f"\nmeta prescan: {len(pages) - len(wrong)} of {len(pages)} ({late} with a late meta)")
    for page in wrong:
        print(f"  wanted {page.label}, got {read_declared(step, page)!r}: {page.raw[-60:]!r}")


def print_reliability(data: Path, *, tuning: bool) -> None:
    """Print how often an answer is right, by what decided and by the confidence it was given."""
    answers = [
        answer
        for row, make in list_rows(data).items()
        if not row.endswith(", all")
        for case in choose_half(row, make(), tuning=tuning)
        if (answer := give_answer(case)) is not None
    ]
    print("\nreliability, all rows\nmethod              confidence   right      n")
    for (method, _), found in sorted(group_answers(answers).items()):
        mean = 100 * sum(answer.confidence for answer in found) / len(found)
        right = 100 * sum(answer.is_right for answer in found) / len(found)
        print(f"{method:20}{mean:10.2f} {right:7.2f} {len(found):6}")


def print_harm(data: Path) -> None:
    """Print how much is taken for damaged UTF-8 that is not, and how much clean text is altered."""
    legacy = [case for row in list_rows(data).values() for case in row() if is_legacy(case)]
    taken = sum(is_taken_for_utf8(case) for case in legacy)
    print(f"legacy texts taken for damaged UTF-8: {taken} of {len(legacy)}")
    texts = [text for kind in ("document", "sentence") for text in list_texts(data, kind)]
    altered = count_altered(texts)
    print(f"clean characters altered by repair: {altered} of {sum(map(len, texts))}")


def list_texts(data: Path, kind: str) -> list[str]:
    """Return the news of one kind in all languages."""
    return [text for texts in read_news(data / "language", kind).values() for text in texts]


def main() -> None:
    """Print the tables that the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--rows", default="", help="only rows whose name holds this")
    parser.add_argument("--alone", action="store_true", help="leave out the other tools")
    parser.add_argument("--tuning", action="store_true", help="score the half for tuning")
    arguments = parser.parse_args()
    judges = {"copydesk": judge_step()}
    if not arguments.alone:
        judges |= list_tools()
    print_table(arguments.data, judges, arguments.rows, tuning=arguments.tuning)
    print_reliability(arguments.data, tuning=arguments.tuning)
    print_prescan(arguments.data)
    print_harm(arguments.data)
    print_speed(arguments.data / "boilerplate")


if __name__ == "__main__":
    main()

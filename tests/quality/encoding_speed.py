"""Measures the encoding step on real pages, beside chardet and beside Python's own decoding."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from encoding_tools import make_step

from copydesk.api import Document, Item

ROUNDS = 9
EVERY = 10  # chardet reads one page in ten: it is that slow


def print_speed(folder: Path) -> None:
    """Print pages a second beside chardet, and what is added to strict decoding."""
    import chardet

    pages = [read_page(path) for path in sorted(folder.glob("*/html/*"))]
    if not pages:
        return
    step = make_step()
    documents = [Document(Item("a"), raw=page) for page in pages]
    ours = time_best(step.process, documents)
    theirs = time_best(chardet.detect, pages[::EVERY], rounds=2)
    print(f"\n{len(pages)} real pages: {1 / ours:.0f} a second, chardet {1 / theirs:.0f}: ", end="")
    print(f"{theirs / ours:.1f} times as many")
    valid = [page for page in pages if is_utf8(page)]
    documents = [Document(Item("a"), raw=page) for page in valid]
    # In turns, so that what else runs on the machine slows both.
    rounds = [
        (time_best(bytes.decode, valid, rounds=1), time_best(step.process, documents, rounds=1))
        for _ in range(ROUNDS)
    ]
    plain, step_time = (min(times) for times in zip(*rounds, strict=True))
    print(f"{len(valid)} of them UTF-8: {1e6 * plain:.1f} µs to decode, ", end="")
    print(f"{1e6 * step_time:.1f} µs the step: {100 * (step_time / plain - 1):.1f} % more")


def read_page(path: Path) -> bytes:
    """Return the bytes of a page."""
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def is_utf8(raw: bytes) -> bool:
    """Return whether bytes are valid UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def time_best(work: Callable[[Any], object], things: Sequence[Any], rounds: int = ROUNDS) -> float:
    """Return the CPU seconds that one thing takes, in the best of some rounds."""
    return min(_time(work, things) for _ in range(rounds)) / len(things)


def _time(work: Callable[[Any], object], things: Sequence[Any]) -> float:
    start = time.process_time()
    for thing in things:
        work(thing)
    return time.process_time() - start

"""Prints what a second run costs against the first, and whether memory stays flat.

Usage: `python tests/benchmarks/incremental.py [--files 5000] [--repeat 5]`. The files are small
texts cut from the seeds; the chain is config/news.yaml. CPU is user and system time of all
processes; memory is the sum of their resident sets. The run over nothing new is short, so it is
repeated, and its median counts.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from floor import become_subreaper, make_texts, measure

_CONFIG = Path(__file__).parents[2] / "config" / "news.yaml"


def main() -> None:
    """Run, run again, change two files and run once more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--repeat", type=int, default=5, help="runs over nothing new")
    arguments = parser.parse_args()
    files = arguments.files
    become_subreaper()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "files").mkdir()
        make_texts(home / "files", None, files)
        words = ["-m", "copydesk.cli", "run", str(_CONFIG), "files", "--store", "out.db"]
        first = measure(words, home)
        all_again = [measure(words, home) for _ in range(arguments.repeat)]
        again = statistics.median(all_again)
        (home / "files" / "new.txt").write_text("One new article has come in today.\n")
        (home / "files" / "00007.txt").write_text("This article has been changed.\n")
        changed = measure(words, home)
        print(f"first run      {first:7.2f} s of CPU, {files} files")
        print(f"nothing new    {again:7.2f} s, {100 * again / first:.2f} % (target 3)")
        low, high = min(all_again), max(all_again)
        print(f"               {low:.2f} to {high:.2f} s in {arguments.repeat} runs")
        print(f"two of them    {changed:7.2f} s, {100 * changed / first:.2f} %")
        _watch_memory([*words[:-1], "fresh.db"], home, files)


def _watch_memory(words: list[str], home: Path, files: int) -> None:
    """Run once more into a new store, and print the memory early and late."""
    run = subprocess.Popen([sys.executable, *words], cwd=home, stderr=subprocess.DEVNULL)
    seen: list[tuple[int, int]] = []
    while run.poll() is None:
        seen.append((_committed(home / words[-1]), _resident(run.pid)))
        time.sleep(0.1)
    early = next(size for count, size in seen if count >= files / 10)
    late = max(size for count, size in seen if count >= files / 2)
    print(f"memory         {early / 1e6:.0f} MB at a tenth of {files}, {late / 1e6:.0f} MB at most")
    print(f"               in the second half, ratio {late / early:.3f} (target 1.05)")


def _committed(store: Path) -> int:
    """Return how many items the ledger holds."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM ledger").fetchone()[0])
    except sqlite3.OperationalError:  # it has not been made yet
        return 0


def _resident(pid: int) -> int:
    """Return the resident bytes of a process and all below it."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return pages * resource.getpagesize() + sum(_resident(int(child)) for child in children)


if __name__ == "__main__":
    main()

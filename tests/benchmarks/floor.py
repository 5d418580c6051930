"""Prints how much more CPU a run of Copydesk takes than a hand-written loop over the same files.

Usage: `python tests/benchmarks/floor.py [DATA] [--repeat 5] [--case pages|texts|nothing]`, where
DATA is a folder with `html/*.html.gz` somewhere below it. Floor and Copydesk alternate (A B A B);
the figure is the ratio of median CPU seconds, user and system, with all child processes.
"""

from __future__ import annotations

import argparse
import ctypes
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

_HERE = Path(__file__).parent
_SEEDS = _HERE.parents[1] / "seeds"
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)

_PLUGIN = """
from copydesk.api import StepSpec, NoOptions, hookimpl

class Nothing:
    def __init__(self, options): pass
    def process(self, document): return document

@hookimpl
def copydesk_steps():
    return [StepSpec("nothing", NoOptions, Nothing, needs=("raw",))]
"""


@frozen
class Case:
    """One comparison."""

    name: str
    files: int
    target: float
    loop: str
    chain: str
    make: Callable[[Path, Path | None, int], None]


def make_pages(folder: Path, data: Path | None, count: int) -> None:
    """Unpack real pages, spread evenly over the sets."""
    if data is None:
        raise SystemExit("the case 'pages' needs DATA, a folder with html/*.html.gz below it")
    found = sorted(data.rglob("html/*.html.gz"))
    for number, path in enumerate(found[:: max(1, len(found) // count)][:count]):
        (folder / f"{number:04}.html").write_bytes(gzip.decompress(path.read_bytes()))


def make_texts(folder: Path, data: Path | None, count: int) -> None:
    """Write small texts of one to three paragraphs, cut from the seeds."""
    del data
    paragraphs = [
        line
        for path in sorted(_SEEDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if 60 < len(line) < 900
    ]
    for number in range(count):
        chosen = [paragraphs[(number * 7 + i * 3) % len(paragraphs)] for i in range(number % 3 + 1)]
        (folder / f"{number:05}.txt").write_text("\n".join(chosen) + f"\n{number}\n", "utf-8")


def make_tiny(folder: Path, data: Path | None, count: int) -> None:
    """Write files of one short sentence."""
    del data
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(f"Article number {number} is short.\n", "utf-8")


CASES = (
    Case("pages", 200, 1.05, "extract", "[encoding.chardet, {use: boilerplate.trafilatura, when: "
         "'document.media_type == \"text/html\"'}, language.identify]", make_pages),
    Case("texts", 2_000, 1.15, "extract", "[encoding.chardet, {use: boilerplate.trafilatura, when: "
         "'document.media_type == \"text/html\"'}, language.identify]", make_texts),
    Case("nothing", 10_000, 2.0, "copy", "[nothing]", make_tiny),
)  # fmt: skip


def compare(case: Case, data: Path | None, repeat: int) -> None:
    """Print one line for a case."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "files").mkdir()
        case.make(home / "files", data, case.files)
        (home / "nothing.py").write_text(_PLUGIN)
        (home / "chain.yaml").write_text(
            "copydesk: 1\nplugins: [./nothing.py]\n"
            f"source: {{use: folder, options: {{path: files}}}}\nchain: {case.chain}\n"
            "store: {use: sqlite, options: {path: out.db}}\n"
            "executor: {use: local, options: {workers: 1}}\n"
        )
        floors, ours = [], []
        for _ in range(repeat + 1):  # the first time leaves byte code behind, as an install does
            floors.append(measure([str(_HERE / "loops.py"), case.loop, "files", "out.jsonl"], home))
            for path in home.glob("out.db*"):
                path.unlink()
            ours.append(measure(["-m", "copydesk.cli", "run", "chain.yaml"], home))
        rows = _lines(home / "out.jsonl")
    floor, mine = statistics.median(floors[1:]), statistics.median(ours[1:])
    verdict = "met" if mine / floor <= case.target else "MISSED"
    print(
        f"{case.name:<8} {rows:>6} files  floor {floor:6.2f} s  copydesk {mine:6.2f} s  "
        f"ratio {mine / floor:4.2f}  target {case.target:4.2f} {verdict}",
        flush=True,
    )


def measure(words: list[str], folder: Path) -> float:
    """Return the CPU seconds of a Python command and all its descendants."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
    _reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def become_subreaper() -> None:
    """Take in the orphans of all descendants, so that no process is left uncounted."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _reap() -> None:
    """Wait for orphans, which come to this process, so that their time is counted."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        return


def _lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def main() -> None:
    """Compare every case, or the one asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--case", choices=[case.name for case in CASES])
    arguments = parser.parse_args()
    become_subreaper()
    for case in CASES:
        if arguments.case in {None, case.name}:
            compare(case, arguments.data, arguments.repeat)


if __name__ == "__main__":
    main()

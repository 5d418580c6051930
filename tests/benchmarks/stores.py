"""Prints what each store costs a record, next to plain lines of JSON.

Usage: `python tests/benchmarks/stores.py [--records 4000] [--repeat 5] [--use NAME]...`. Records of
about 8 kB, made from the seeds, are encoded and written: as lines of JSON to one file, and by each
store in commits as large as those of a run, with its end. All take turns (A B C A B C); the figures
are medians of CPU seconds, user and system, a server's too. Then a second run asks what is known,
and the records are read back.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from time import process_time
from typing import Any
from uuid import uuid4

from attrs import define, evolve, frozen

_ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(_ROOT))

from tests.postgres_server import NoServer, Server, run_server  # noqa: E402

from copydesk.api import Document, Encoding, Entry, Item, Run, Segment, words_of  # noqa: E402
from copydesk.record import Record, publish  # noqa: E402
from copydesk.registry import Registry  # noqa: E402

_COMMIT = 1024  # as many as a run writes at once
_BYTES = 8_000  # of a record
_TICKS = os.sysconf("SC_CLK_TCK")


@frozen
class Written:
    """What is written again and again."""

    records: Sequence[Record]
    searches: Sequence[str]
    """Made by the workers of a run, so no cost of the store."""


@define
class Turn:
    """The costs of one way of writing, in seconds of CPU of all turns."""

    write: list[float]
    known: list[float]
    read: list[float]
    size: int = 0


def make_records(count: int) -> Written:
    """Return records with texts in the words of the seeds, mixed so that no two are alike."""
    words = [
        word
        for path in sorted((_ROOT / "seeds").glob("*.txt"))
        for word in path.read_text(encoding="utf-8").split()
    ]
    chance = random.Random(20261121)
    records = [_make_record(number, words, chance) for number in range(count)]
    return Written(records, [words_of(record.to_json()) for record in records])


def _make_record(number: int, words: Sequence[str], chance: random.Random) -> Record:
    text = ""
    while len(text.encode()) < _BYTES - 1100:
        text += " ".join([*chance.choices(words, k=20), f"{chance.random()}.\n"])
    document = Document(Item(f"articles/{number:06}.txt", size=len(text)), text.encode(), "a" * 64)
    decoded = document.decoded(text, Encoding("utf-8", "utf-8"))
    pieces = tuple(Segment(start, start + 40, start, start + 40) for start in range(0, 400, 50))
    return publish(evolve(decoded, segments=pieces), (), "f" * 32)


def entries(written: Written) -> Iterator[list[Entry]]:
    """Yield the rows of each commit, their records freshly encoded."""
    for start in range(0, len(written.records), _COMMIT):
        some = slice(start, start + _COMMIT)
        yield [
            Entry(record.source.uri, "done", record.source.size, 1.5, "a" * 64, "f" * 32,
                  record=record.to_json(), search=search)
            for record, search in zip(written.records[some], written.searches[some], strict=True)
        ]  # fmt: skip


def write_lines(written: Written, folder: Path, turn: Turn, cpu: Callable[[], float]) -> None:
    """Write and read plain lines."""
    began = cpu()
    with (folder / "records.jsonl").open("wb") as lines:
        for batch in entries(written):
            for entry in batch:
                lines.write((entry.record or b"") + b"\n")
            lines.flush()
            os.fsync(lines.fileno())
    turn.write.append(cpu() - began)
    began = cpu()
    with (folder / "records.jsonl").open("rb") as lines:
        count = sum(1 for _ in lines)
    turn.read.append(cpu() - began)
    turn.known.append(0.0)
    assert len(written.records) == count


def write_store(
    written: Written, make: Callable[[], Any], turn: Turn, cpu: Callable[[], float]
) -> None:
    """Write with a store, ask it what it knows, read it."""
    began = cpu()
    with closing(make()) as store:
        store.begin(Run("2026-11-21T10:00:00+00:00", "news.yaml", "articles", "f" * 32))
        for batch in entries(written):
            store.commit(batch)
        store.end({})
    turn.write.append(cpu() - began)
    with closing(make()) as store:
        began = cpu()
        known = sum(1 for _ in store.known())
        turn.known.append(cpu() - began)
        began = cpu()
        count = sum(1 for _ in store.records())
        turn.read.append(cpu() - began)
    assert len(written.records) == known == count


def count_cpu(server: Server | None) -> float:
    """Return the CPU seconds of this process, and of the server."""
    return process_time() + (_count_server(server) if server else 0.0)


def _count_server(server: Server) -> float:
    """Return the CPU seconds of a server, of what it has started, and of what of that has ended."""
    postmaster = (server.socket / "data" / "postmaster.pid").read_text().split("\n")[0]
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    ticks = 0
    for process in [postmaster, *children]:
        try:
            cells = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        ticks += sum(map(int, cells[11 : 15 if process == postmaster else 13]))
    return ticks / _TICKS


def measure(
    written: Written, repeat: int, server: Server | None, uses: set[str]
) -> dict[str, Turn]:
    """Return the costs of every way of writing."""
    turns: defaultdict[str, Turn] = defaultdict(lambda: Turn([], [], []))
    registry = Registry.installed()

    def made(use: str, folder: Path, **options: Any) -> Callable[[], Any]:
        spec: Any = registry.offer("store", use).spec
        where: dict[str, Any] = {"path": folder / "store"}
        if use == "postgres" and server:
            where = {"url": server.create(uuid4().hex)}
        return lambda: spec.build(spec.options(**where, **options))

    ways: list[tuple[str, str, dict[str, Any]]] = [
        ("jsonl", "jsonl", {}), ("parquet", "parquet", {}),
        ("sqlite", "sqlite", {}), ("sqlite, no full text", "sqlite", {"full_text": False}),
    ]  # fmt: skip
    if server:
        ways.append(("postgres, with its server", "postgres", {}))
    for _ in range(repeat):
        folder = Path(tempfile.mkdtemp(dir=_ROOT / "out"))
        write_lines(written, folder, turns["plain lines"], lambda: count_cpu(None))
        turns["plain lines"].size = _size(folder)
        shutil.rmtree(folder)
        for name, use, options in ways:
            if uses and use not in uses:
                continue
            folder = Path(tempfile.mkdtemp(dir=_ROOT / "out"))
            mine = server if use == "postgres" else None
            make = made(use, folder, **options)
            write_store(written, make, turns[name], lambda mine=mine: count_cpu(mine))  # type: ignore[misc]
            turns[name].size = _size(folder)
            shutil.rmtree(folder)
    return turns


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def print_table(turns: dict[str, Turn], count: int) -> None:
    """Print the costs of a record in microseconds, and the ratios of writing."""
    floor = statistics.median(turns["plain lines"].write)
    heads = f"{'encode + write':>15} {'ratio':>6} {'known':>9} {'read':>9} {'MB':>6}"
    print(f"{'CPU a record':<26} {heads}")
    for name, turn in turns.items():
        write, known, read = (
            statistics.median(times) / count * 1e6 for times in (turn.write, turn.known, turn.read)
        )
        ratios = [one / floor for one in turn.write]
        size = f"{turn.size / 1e6:6.1f}" if turn.size else "     -"
        print(
            f"{name:<26} {write:12.1f} µs {statistics.median(ratios):6.2f} {known:6.1f} µs "
            f"{read:6.1f} µs {size}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--use", action="append", default=[], help="only these stores")
    arguments = parser.parse_args()
    (_ROOT / "out").mkdir(exist_ok=True)
    written = make_records(arguments.records)
    size = sum(len(record.to_json()) for record in written.records) / len(written.records)
    print(f"{len(written.records)} records of {size:.0f} bytes")
    with ExitStack() as stack:
        server = None
        if not arguments.use or "postgres" in arguments.use:
            try:
                server = stack.enter_context(run_server())
            except NoServer as reason:
                print(f"without postgres: {reason}")
        turns = measure(written, arguments.repeat, server, set(arguments.use))
    print_table(turns, len(written.records))


if __name__ == "__main__":
    main()

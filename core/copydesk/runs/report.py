"""Tells a person on stderr how a run gets on and what it came to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Any, Self

import msgspec

from copydesk.ledger import Outcome
from copydesk.printable import make_printable
from copydesk.runs.summary import Summary

_QUIET = 10.0  # seconds between two lines where there is no terminal
_MOST = 10  # rows of a table


class LineProgress:
    """Progress as plain lines, for logs."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = self._told = monotonic()
        self._listed = self._todo = self._done = 0

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return monotonic() - self._began

    def listing(self) -> None:
        """Count a listed thing."""
        self._listed += 1

    def planned(self, todo: int, counted: int | None = None) -> None:
        """Say how much there is to do, and how many of the listed things it is chosen from."""
        self._todo = todo
        looked_at = "" if counted in {None, self._listed} else f" of {self._listed} looked at"
        listed = self._listed if counted is None else counted
        self._say(f"{self._name}: {listed} listed{looked_at}, {todo} to process")

    def finished(self, outcome: Outcome) -> None:  # noqa: ARG002 - counted, whatever it is
        """Count an outcome, and say so now and then."""
        self._done += 1
        if monotonic() - self._told > _QUIET:
            self._told = monotonic()
            rate = self._done / self.elapsed
            left = (self._todo - self._done) / rate
            self._say(f"{self._done} of {self._todo}, {rate:.1f} a second, {left:.0f} s left")

    def _say(self, words: str) -> None:
        say(words)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is left open."""


class BarProgress(LineProgress):
    """Progress as a bar with rate and time left, for terminals."""

    _bar: Any = None

    def planned(self, todo: int, counted: int | None = None) -> None:  # noqa: ARG002 - for a line
        """Draw the bar."""
        from tqdm import tqdm  # noqa: PLC0415 - only where there is a terminal

        tqdm.monitor_interval = 0  # no thread: workers are forked from this process
        self._bar = tqdm(total=todo, desc=self._name, unit="doc", dynamic_ncols=True)

    def finished(self, outcome: Outcome) -> None:  # noqa: ARG002 - counted, whatever it is
        """Move the bar on."""
        self._bar.update()

    def close(self) -> None:
        """Leave the bar as it stands."""
        if self._bar is not None:
            self._bar.close()


class NoProgress(LineProgress):
    """Counts, and says nothing."""

    def _say(self, words: str) -> None:
        pass


def say(words: str) -> None:
    """Print a line for a person to stderr; that it cannot be written does not stop a run."""
    write_line(make_printable(words))


def write_line(words: str) -> None:
    """Print a line to stderr as it is, for a program."""
    if sys.stderr is not None:  # else it would be printed to stdout
        with suppress(OSError):
            print(words, file=sys.stderr, flush=True)


def progress_for(name: object, *, is_silent: bool = False) -> LineProgress:
    """Return the progress that suits stderr, or one that leaves it to others."""
    if is_silent:
        return NoProgress(str(name))
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    return (BarProgress if is_terminal else LineProgress)(make_printable(str(name)))


def summarize(summary: Summary, elapsed: float) -> None:
    """Print what the run came to."""
    for line in _lines(summary, elapsed):
        say(line)


def to_json(summary: Summary) -> str:
    """Return the summary as JSON, on one line."""
    reasons = [
        {"outcome": outcome, "step": step, "reason": reason, "count": count}
        for (outcome, step, reason), count in summary.reasons.most_common()
    ]
    plain = {
        "listed": summary.listed,
        **dict.fromkeys(("done", "dropped", "quarantined", "unchanged"), 0),
        **summary.counts,
        "waiting": summary.waiting,
        "moved": summary.moved,
        "gone": summary.gone,
        "replaced": summary.replaced,
        "lapsed": summary.lapsed,
        "busy": summary.busy,
        "languages": summary.languages,
        "encodings": summary.encodings,
        "seconds": summary.seconds,
        "reasons": reasons,
    }
    return msgspec.json.encode(plain).decode()


def _lines(summary: Summary, elapsed: float) -> Iterable[str]:
    counts = summary.counts
    waiting = f" ({summary.waiting} wait from earlier runs)" if summary.waiting else ""
    yield ""
    yield f"  done         {counts['done']:>8}"
    yield f"  dropped      {counts['dropped']:>8}"
    yield f"  quarantined  {counts['quarantined']:>8}{waiting}"
    yield f"  unchanged    {counts['unchanged']:>8}"
    yield f"  sum          {counts.total():>8} = {summary.listed} listed"
    if summary.moved:
        yield f"  moved        {summary.moved:>8} (of the unchanged: the records followed)"
    if summary.gone:
        fate = "taken out" if summary.pruned else "kept, and marked"
        yield f"  gone         {summary.gone:>8} ({fate})"
    if summary.replaced:
        yield f"  replaced     {summary.replaced:>8} (gone, and processed anew at another place)"
    if summary.lapsed and summary.pruned:
        yield f"  lapsed       {summary.lapsed:>8} (gone since earlier runs; taken out)"
    if summary.busy:
        yield f"  busy         {summary.busy:>8} (still being written: left for a later run)"
    yield from _table("languages", summary.languages)
    yield from _table("encodings", summary.encodings)
    yield from _times(summary.seconds)
    for (outcome, step, reason), count in summary.reasons.most_common(_MOST):
        place = f" by {step}" if step else ""
        yield f"  {outcome}{place}: {reason}" + (f" ({count} times)" if count > 1 else "")
    if len(summary.reasons) > _MOST:
        yield f"  and {len(summary.reasons) - _MOST} more reasons; --json tells them all"
    processed = counts["done"] + counts["dropped"] + counts["quarantined"] - summary.waiting
    rate = f", {processed / elapsed:.1f} documents a second" if processed and elapsed else ""
    yield f"  {elapsed:.1f} s{rate}"


def _table(title: str, counts: Mapping[str, int]) -> Iterable[str]:
    if not counts:
        return
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    shown = ", ".join(f"{name} {count}" for name, count in rows[:_MOST])
    more = f", {len(rows) - _MOST} more" if len(rows) > _MOST else ""
    yield f"  {title:<12} {shown}{more}"


def _times(seconds: Mapping[str, float]) -> Iterable[str]:
    if seconds:
        rows = ", ".join(f"{label} {time:.2f} s" for label, time in seconds.items())
        yield f"  {'time by step':<12} {rows}"

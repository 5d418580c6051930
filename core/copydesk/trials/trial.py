"""Runs the tests of a chain, through the chain's own steps and within the limits of a run."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, redirect_stdout
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
from attrs import frozen

from copydesk.config import Config
from copydesk.config.cases import cases_of
from copydesk.config.composition import Overrides
from copydesk.content import content_of
from copydesk.errors import CopydeskError
from copydesk.expectations.case import Case
from copydesk.fault import Fault
from copydesk.ledger import Outcome
from copydesk.opening import open_chain
from copydesk.trials.rehearsal import rehearse
from copydesk.trials.snapshot import compare_with_snapshot, write_snapshot
from copydesk.trials.specimen import Specimen, take_file, take_text


@frozen
class Verdict:
    """What a test came to."""

    chain: str
    """The chain's file, as given."""
    case: Case
    faults: tuple[Fault, ...]
    """What is not as it should be; none if the test has passed."""
    seconds: float
    traceback: str = ""
    """Of the error that the document ended with."""
    is_written: bool = False
    """Whether its snapshot was written anew."""

    @property
    def has_passed(self) -> bool:
        """Whether all is as it should be."""
        return not self.faults


@frozen
class Trial:
    """The tests of a chain; `update` writes their snapshots instead of comparing with them."""

    _config: Config
    _update: bool

    def judge(self, cases: Sequence[Case]) -> Generator[tuple[int, Verdict], None, None]:
        """Yield the verdict of each test, with its place among them, in any order."""
        specimens: dict[int, Specimen] = {}
        for place, case in enumerate(cases):
            began = perf_counter()
            try:
                with redirect_stdout(sys.stderr):  # what a source prints is no verdict
                    specimens[place] = self._take(case)
            except (CopydeskError, OSError) as error:
                faults = (Fault(case.place, str(error)),)
                yield place, self._verdict(case, faults, perf_counter() - began)
        if not specimens:
            return
        places, last = list(specimens), perf_counter()
        for number, outcome in rehearse(self._config, list(specimens.values())):
            place, now = places[number], perf_counter()
            # a worker that was lost did not tell how long it took
            seconds = sum(time for _, time in outcome.seconds) or now - last
            last = now
            yield place, self._compare(cases[place], outcome, seconds)

    def _compare(self, case: Case, outcome: Outcome, seconds: float) -> Verdict:
        """Return what a test came to whose document became this."""
        faults = list(_judge_outcome(case, outcome) or _judge_fields(case, outcome))
        is_written = False
        if case.snapshot is not None and outcome.record is not None:
            content = content_of(msgspec.json.decode(outcome.record))
            if self._update:
                is_written = write_snapshot(case.snapshot, content)
            else:
                found = compare_with_snapshot(case.snapshot, content)
                faults += [Fault(case.place, f"snapshot: {words}") for words in found]
        return self._verdict(case, faults, seconds, outcome.traceback, is_written=is_written)

    def _verdict(
        self,
        case: Case,
        faults: Iterable[Fault],
        seconds: float,
        traceback: str = "",
        *,
        is_written: bool = False,
    ) -> Verdict:
        chain = str(self._config.path)
        return Verdict(chain, case, tuple(faults), seconds, traceback, is_written)

    def _take(self, case: Case) -> Specimen:
        if case.item is not None:
            return take_file(self._config.source, case.item)
        return take_text(case.text or "", case.media_type, case.name)


def run_tests(
    paths: Iterable[Path], overrides: Overrides, word: str, *, update: bool
) -> Iterator[Verdict]:
    """Yield a verdict for each test of some chains that has `word` in its name.

    Raises `CopydeskError` if there is none.
    """
    chosen = []
    for path in paths:
        config, _ = open_chain(path, overrides=overrides)
        cases = [case for case in cases_of(config) if word.lower() in case.name.lower()]
        chosen += [(config, cases)] if cases else []
    if not chosen:
        names = ", ".join(map(str, paths))
        about = f" with '{word}' in its name" if word else "; add some under 'tests'"
        raise CopydeskError(f"{names}: there is no test{about}")
    for config, cases in chosen:
        with closing(Trial(config, update).judge(cases)) as verdicts:
            yield from _in_order(verdicts)


def _in_order(verdicts: Iterable[tuple[int, Verdict]]) -> Iterator[Verdict]:
    """Yield verdicts by their places, each as soon as those before it are there."""
    waiting: dict[int, Verdict] = {}
    due = 0
    for place, verdict in verdicts:
        waiting[place] = verdict
        while due in waiting:
            yield waiting.pop(due)
            due += 1


def _judge_outcome(case: Case, outcome: Outcome) -> list[Fault]:
    """Return what is wrong if the document became something else than it should."""
    if outcome.state == case.outcome:
        return []
    place = next((e.place for e in case.expectations if e.path == ("outcome",)), case.place)
    by = f" by {outcome.step or 'the source'}: {outcome.reason}" if outcome.reason else ""
    return [Fault(place, f"outcome: found {outcome.state}{by}; expected {case.outcome}")]


def _judge_fields(case: Case, outcome: Outcome) -> Iterator[Fault]:
    subject: dict[str, Any] = msgspec.json.decode(outcome.record) if outcome.record else {}
    subject |= {"outcome": outcome.state, "step": outcome.step, "reason": outcome.reason}
    for expectation in case.expectations:
        fault = expectation.judge(subject)
        if fault is not None:
            yield fault

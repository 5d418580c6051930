"""Runs the tests of a chain, each in this process and through the chain's own steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
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
from copydesk.trials.snapshot import compare_with_snapshot, write_snapshot
from copydesk.trials.specimen import Specimen, take_file, take_text
from copydesk.work import ChainWork, take_your_time


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


class Trial:
    """The tests of a chain, and the chain, built."""

    def __init__(self, config: Config, *, update: bool) -> None:
        self._config = config
        self._update = update
        self._job = ChainWork(config).start(take_your_time)

    def judge(self, case: Case) -> Verdict:
        """Run one test; `update` writes its snapshot instead of comparing with it."""
        began = perf_counter()
        try:
            specimen = self._take(case)
        except (CopydeskError, OSError) as error:
            fault = Fault(case.place, str(error))
            return Verdict(str(self._config.path), case, (fault,), perf_counter() - began)
        outcome = self._job.pass_down(specimen, specimen.item)
        faults = list(_judge_outcome(case, outcome) or _judge_fields(case, outcome))
        is_written = False
        if case.snapshot is not None and outcome.record is not None:
            content = content_of(msgspec.json.decode(outcome.record))
            if self._update:
                is_written = write_snapshot(case.snapshot, content)
            else:
                found = compare_with_snapshot(case.snapshot, content)
                faults += [Fault(case.place, f"snapshot: {words}") for words in found]
        seconds = perf_counter() - began
        chain = str(self._config.path)
        return Verdict(chain, case, tuple(faults), seconds, outcome.traceback, is_written)

    def _take(self, case: Case) -> Specimen:
        if case.item is not None:
            return take_file(self._config.source, case.item)
        return take_text(case.text or "", case.media_type, case.name)

    def close(self) -> None:
        """Close the steps."""
        self._job.close()


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
        with closing(Trial(config, update=update)) as trial:
            yield from map(trial.judge, cases)


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

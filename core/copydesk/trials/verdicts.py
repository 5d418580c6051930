"""Tells what tests of chains came to, in the manner of pytest, and as JUnit's XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from copydesk.printing.terminal import Paint
from copydesk.trials.trial import Verdict

_WIDTH = 80


def tell_verdict(verdict: Verdict, paint: Paint) -> str:
    """Return one test on one line."""
    word = paint("green", "PASSED") if verdict.has_passed else paint("red", "FAILED")
    note = f" (wrote {verdict.case.snapshot})" if verdict.is_written else ""
    name = f"{verdict.chain}::{paint.clean(verdict.case.name)}"
    return f"{name} {word}{note} {verdict.seconds:.2f} s"


def tell_failures(verdicts: Sequence[Verdict], paint: Paint) -> Iterator[str]:
    """Yield what is wrong in each test that has failed, line by line."""
    failed = [verdict for verdict in verdicts if not verdict.has_passed]
    if failed:
        yield _rule("FAILURES", "=")
    for verdict in failed:
        yield paint("red", _rule(paint.clean(verdict.case.name), "_"))
        for fault in verdict.faults:
            yield paint.clean(f"{fault.place}: {fault.message}")
        if verdict.traceback:
            yield ""
            yield paint.clean(verdict.traceback.rstrip())


def tell_summary(verdicts: Sequence[Verdict], seconds: float, paint: Paint) -> str:
    """Return the last line: how many have passed and failed."""
    failed = sum(not verdict.has_passed for verdict in verdicts)
    words = [f"{failed} failed"] if failed else []
    if len(verdicts) > failed:
        words.append(f"{len(verdicts) - failed} passed")
    written = sum(verdict.is_written for verdict in verdicts)
    if written:
        words.append(f"{written} snapshot{'s' if written > 1 else ''} written")
    line = _rule(f"{', '.join(words)} in {seconds:.2f} s", "=")
    return paint("red" if failed else "green", line)


def write_junit(verdicts: Sequence[Verdict]) -> bytes:
    """Return the tests as JUnit's XML, one suite a chain, as CI servers read it."""
    root = ET.Element("testsuites")
    for name in dict.fromkeys(verdict.chain for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.chain == name]
        failed = sum(not verdict.has_passed for verdict in mine)
        seconds = f"{sum(verdict.seconds for verdict in mine):.3f}"
        suite = ET.SubElement(
            root, "testsuite", name=name, time=seconds, tests=str(len(mine)),
            failures=str(failed), errors="0", skipped="0",
        )  # fmt: skip
        for verdict in mine:
            _add_case(suite, verdict)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_case(suite: ET.Element, verdict: Verdict) -> None:
    place = verdict.case.place
    case = ET.SubElement(
        suite, "testcase", classname=verdict.chain, name=_PLAIN.clean(verdict.case.name),
        file=place.origin.name, line=str(place.line), time=f"{verdict.seconds:.3f}",
    )  # fmt: skip
    if not verdict.has_passed:
        first = verdict.faults[0]
        failure = ET.SubElement(case, "failure", message=_PLAIN.clean(first.message))
        lines = [f"{fault.place}: {fault.message}" for fault in verdict.faults]
        failure.text = _PLAIN.clean("\n".join([*lines, verdict.traceback]).rstrip())


def _rule(words: str, sign: str) -> str:
    return f" {words} ".center(_WIDTH, sign)


_PLAIN = Paint(is_coloured=False)

"""What is asked of every step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, fields

from copydesk.document import Document
from copydesk.spec import StepSpec
from copydesk.steps.delta import pack, unpack
from copydesk.testing.check import BoundCheck, Check, ask, bind, run
from copydesk.testing.law import break_laws, is_writable
from copydesk.testing.sample import OTHERS
from copydesk.testing.spec_checks import SPEC_CHECKS
from copydesk.testing.step_bench import StepBench
from copydesk.testing.trial import Trial

_FIELDS = tuple(field.name for field in fields(Document))
_IMPLIED = {
    "text": {"segments", "removed", "languages", "entities"},
    "encoding": {"text", "segments", "source"},
    "language": {"languages"},
}
"""What may change with a field, without being named in `gives`."""


def step_checks(spec: StepSpec[Any], options: Any = None, **about: Any) -> list[BoundCheck]:
    """Return the checks of a step for `pytest.mark.parametrize`; else as `check_step`."""
    return bind(STEP_CHECKS, StepBench(spec, options, **about))


def check_step(
    spec: StepSpec[Any],
    options: Any = None,
    *,
    documents: Iterable[Document] = (),
    timeout_seconds: float = 20.0,
    huge_characters: int = 300_000,
) -> None:
    """Ask of a step what is asked of every step; raises `CheckError` with all that does not hold.

    `options` are those to build with, if not the defaults. `documents` are tried beside those of
    the kit, for a step that finds nothing in news. `timeout_seconds` is what one document may
    take, and `huge_characters` the length of the longest one.
    """
    run(STEP_CHECKS, StepBench(spec, options, tuple(documents), timeout_seconds, huge_characters))


def _survive(bench: StepBench, *groups: str) -> Iterator[str]:
    for sample, trial in bench.each(*groups):
        if trial.kind == "error":
            yield f"on {sample.key}: it raised {trial.reason}\n{trial.traceback}"
        if trial.kind == "crash" and "timed out" not in trial.reason:
            yield f"on {sample.key}: {trial.reason}\n{trial.traceback}"


@ask("handle it, or raise `DocumentError` with words: the document then waits in quarantine")
def survives_empty_text(bench: StepBench) -> Iterator[str]:
    """A text without a word is no reason to fail."""
    yield from _survive(bench, "empty")


@ask("handle it, or raise `DocumentError` with words: the document then waits in quarantine")
def survives_hostile_text(bench: StepBench) -> Iterator[str]:
    """Odd text and bytes come through, or are refused with a `DocumentError`."""
    yield from _survive(bench, "hostile", "bytes")


@ask("work piece by piece, and take care of patterns that try again and again")
def survives_huge_text(bench: StepBench) -> Iterator[str]:
    """A very long text comes through, or is refused with a `DocumentError`."""
    yield from _survive(bench, "huge")


@ask("do not take letters for a to z, or a character for a byte; fill in what your rules lack")
def reads_every_script(bench: StepBench) -> Iterator[str]:
    """News in twenty languages and twelve scripts comes through, as text and as pages."""
    yield from _survive(bench, "scripts", "pages", "travelled", "messy", "yours")
    groups = ("scripts", "yours")
    for sample, trial in bench.each("scripts"):
        if trial.kind == "refusal" and any(t.after for s, t in bench.each(*groups) if s != sample):
            yield f"on {sample.key}: it refused what is plain news: {trial.reason}"


@ask("bound the work by the length of the text; look for loops and patterns that blow up")
def keeps_time(bench: StepBench) -> Iterator[str]:
    """No document takes longer than `timeout_seconds`."""
    for sample, trial in bench.each():
        if trial.kind == "crash" and "timed out" in trial.reason:
            yield f"on {sample.key}: {trial.reason}\n{trial.traceback}"


@ask("add what it reads to `needs`, or do without where it is None or empty")
def needs_no_more_than_it_says(bench: StepBench) -> Iterator[str]:
    """Documents with nothing filled but what it needs come through like those with everything."""
    full = {sample.name: trial for sample, trial in bench.each("travelled")}
    for sample, trial in bench.each("scripts"):
        fuller = full.get(sample.name)
        if fuller and fuller.kind == "document" and trial.kind in {"error", "crash", "refusal"}:
            yield f"on {sample.key}: it fails without fields that it does not need: {trial.reason}"


@ask("take it out of `gives`, or pass `documents=[...]` with one in which it finds something")
def gives_what_it_says(bench: StepBench) -> Iterator[str]:
    """Every field that it gives changes in some document."""
    changed = {
        name
        for sample, after in bench.accepted()
        for name in _changed(sample.document, after)
    }  # fmt: skip
    for name in bench.spec.gives:
        if name not in changed:
            yield f"'{name}' is in `gives`, and did not change in any document"


@ask("name the field in `gives`: chains are put in order by it, and results are kept by it")
def touches_nothing_else(bench: StepBench) -> Iterator[str]:
    """No field changes but those that it gives."""
    allowed = set(bench.spec.gives)
    for name in bench.spec.gives:
        allowed |= _IMPLIED.get(name, set())
    for sample, trial in bench.each():
        if trial.changed_before:
            yield f"on {sample.key}: it changed the document that it was given; return a new one"
    for sample, after in bench.accepted():
        before = sample.document
        for name in sorted(_changed(before, after) - allowed):
            yield f"on {sample.key}: it changed '{name}'"
        if after.extra.get(OTHERS) != before.extra.get(OTHERS):
            yield f"on {sample.key}: it changed `extra.{OTHERS}`, which is another plugin's"


@ask("add it to `labels`, `reasons`, `metadata` or `extra` of the spec, or leave it out")
def declares_what_it_gives(bench: StepBench) -> Iterator[str]:
    """Where the spec declares labels, reasons, metadata or namespaces, there are no others."""
    for sample, trial in bench.each():
        if trial.undeclared:
            yield f"on {sample.key}: {trial.undeclared}"


@ask("use `decoded`, `without` and `with_text` to change the text: they keep the map right")
def keeps_the_laws(bench: StepBench) -> Iterator[str]:
    """Offsets, segments and removed pieces are right, and the document can be published."""
    for sample, trial in bench.each():
        if trial.broken:
            yield f"on {sample.key}: {trial.broken}"
        if trial.kind in {"drop", "refusal"} and not trial.reason.strip():
            yield f"on {sample.key}: it gives no reason for its {trial.kind}"
    for sample, after in bench.accepted():
        for words in break_laws(sample.document, after):
            yield f"on {sample.key}: {words}"


@ask("put nothing in a document but text, numbers, tuples of the API's values and plain JSON")
def can_be_remembered(bench: StepBench) -> Iterator[str]:
    """What it changed can be kept by a store and taken up again by a later run."""
    for sample, after in bench.accepted():
        before = sample.document
        if after.source != before.source or not is_writable(before.text or ""):
            continue  # what decodes is not kept, nor what no record can be made of
        again = _carry(before, after)
        packed = pack(before, again)
        if packed is None:
            yield f"on {sample.key}: its result cannot be kept"
        elif unpack(before, packed) != again:
            yield f"on {sample.key}: its result is another when it is taken up again"


@ask("sort what comes from sets, seed what is drawn by lot, keep nothing from earlier documents")
def is_deterministic(bench: StepBench) -> Iterator[str]:
    """The same document becomes the same again, in the same step and in a new process."""
    yield from _compare(bench.trials, bench.repeats, "the second time")
    yield from _compare(bench.trials, bench.elsewhere.trials, "in a new process")


@ask("keep what belongs to a step in `self`, not in a module or a class")
def shares_nothing(bench: StepBench) -> Iterator[str]:
    """A second step with other options in the same process changes nothing."""
    yield from _compare(
        bench.elsewhere.trials, bench.elsewhere.beside_another, "beside a step with other options"
    )


@ask("return one result for each document, in their order, and the same as for it alone")
def batches_like_one_by_one(bench: StepBench) -> Iterator[str]:
    """A document becomes the same in a batch as by itself."""
    yield from _compare(bench.elsewhere.trials, bench.elsewhere.batches, "in a batch")


@ask("leave it as it was; talk with `logging`, or put it into the document")
def leaves_the_process_alone(bench: StepBench) -> Iterator[str]:
    """It prints nothing and changes nothing of the process that it works in."""
    for sample, trial in bench.each():
        if trial.traces:
            yield f"on {sample.key}: it changed {', '.join(trial.traces)}"


@ask("make `close` safe to call")
def closes(bench: StepBench) -> Iterator[str]:
    """It can be closed."""
    if bench.elsewhere.closing:
        yield f"close() raised {bench.elsewhere.closing}"


STEP_CHECKS: tuple[Check[Any], ...] = (
    *SPEC_CHECKS,
    reads_every_script,
    survives_empty_text,
    survives_hostile_text,
    survives_huge_text,
    keeps_time,
    needs_no_more_than_it_says,
    gives_what_it_says,
    touches_nothing_else,
    declares_what_it_gives,
    keeps_the_laws,
    can_be_remembered,
    is_deterministic,
    shares_nothing,
    batches_like_one_by_one,
    leaves_the_process_alone,
    closes,
)


def _changed(before: Document, after: Document) -> set[str]:
    return {name for name in _FIELDS if getattr(before, name) != getattr(after, name)}


def _compare(first: Mapping[str, Trial], second: Mapping[str, Trial], where: str) -> Iterator[str]:
    for key, trial in second.items():
        before = first[key]
        if trial == before or "crash" in {trial.kind, before.kind}:
            continue
        yield f"on {key}: {where} it is another: {_differ(before, trial)}"


def _differ(one: Trial, other: Trial) -> str:
    if one.after is None or other.after is None:
        return f"{one.kind} {one.reason}".strip() + f", then {other.kind} {other.reason}".rstrip()
    names = sorted(_changed(one.after, other.after))
    if not names:
        return f"'{one.broken}', then '{other.broken}'"
    first, second = (repr(getattr(trial.after, names[0]))[:300] for trial in (one, other))
    return f"{', '.join(names)}: {first}, then {second}"


def _carry(before: Document, after: Document) -> Document:
    """Return `after` with the very values of `before` where they are equal.

    It comes out of a pickle, and what is kept is what is not the same object.
    """
    same = {
        name: getattr(before, name)
        for name in _FIELDS
        if getattr(before, name) == getattr(after, name)
    }
    return evolve(after, **same)

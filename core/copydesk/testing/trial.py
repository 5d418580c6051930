"""One document put through a step in a worker, and what became of it, as plain values."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

from attrs import field, frozen

from copydesk.built import Built
from copydesk.document import Document
from copydesk.errors import DocumentError
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.reason import explain
from copydesk.spec import Drop, Entering, StepSpec
from copydesk.steps.promise import Promise
from copydesk.steps.result import accept

_LABEL = "tried"
Kind = Literal["document", "drop", "refusal", "error", "crash"]
"""What came of it: a document, a drop, a `DocumentError`, another error, or a dead worker."""


@frozen
class Trial:
    """What became of one document."""

    kind: Kind
    after: Document | None = None
    """The document that the step returned."""
    reason: str = ""
    """Of a drop, an error or a crash."""
    traceback: str = field(default="", eq=False)
    broken: str = ""
    """What the chain would say against the document that was returned."""
    undeclared: str = ""
    """What the document has that the spec does not declare."""
    changed_before: bool = False
    """Whether the step changed the document that it was given."""
    traces: tuple[str, ...] = field(default=(), eq=False)
    """What the step left behind in its process."""
    seconds: float = field(default=0.0, eq=False)


def apply(step: Any, document: Document) -> Any:
    """Return what a step makes of one document, alone in its batch if it takes batches."""
    if hasattr(step, "process"):
        return step.process(document)
    made = list(step.process_batch([document]))
    if len(made) != 1:
        raise ValueError(f"process_batch returned {len(made)} results for one document")
    return made[0]


def attempt(spec: StepSpec[Any], step: Any, document: Document) -> Trial:
    """Put a document through a step, and look at what the step did besides."""
    before, extra = _look_around(), repr(document.extra)
    printed = StringIO()
    began = perf_counter()
    try:
        with redirect_stdout(printed):
            made = apply(step, document)
    except DocumentError as error:
        trial = Trial("refusal", reason=explain(error))
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
        trace = "".join(traceback.format_exception(error)[-8:])
        trial = Trial("error", reason=explain(error), traceback=trace)
    else:
        trial = _accept(spec, document, made)
    traces = [what for what, value in _look_around().items() if before[what] != value]
    if printed.getvalue():
        traces.append("stdout")
    return Trial(
        trial.kind,
        trial.after,
        trial.reason,
        trial.traceback,
        trial.broken,
        trial.undeclared,
        repr(document.extra) != extra,
        tuple(traces),
        perf_counter() - began,
    )


def _accept(spec: StepSpec[Any], document: Document, made: Any) -> Trial:
    """Take what was returned as a chain takes it."""
    try:
        accepted: Any = accept(document, made, _LABEL)
    except (TypeError, ValueError) as error:
        return Trial("document", document, broken=str(error))
    if isinstance(accepted, Drop):
        return Trial("drop", reason=accepted.reason)
    try:
        Promise(spec).check(document, accepted, _LABEL)
    except ValueError as error:
        return Trial("document", accepted, undeclared=str(error))
    return Trial("document", accepted)


def _look_around() -> Mapping[str, Any]:
    """Return what of the process a step should leave as it was."""
    return {
        "the working directory": Path.cwd(),
        "the environment": dict(os.environ),
        "a signal's handler": [signal.getsignal(number) for number in _SIGNALS],
        "the timer of SIGALRM": signal.getitimer(signal.ITIMER_REAL)[0] > 0,
        "the recursion limit": sys.getrecursionlimit(),
    }


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD)


@frozen
class TrialWork:
    """A step and documents, for an executor: items name the documents."""

    spec: Any
    options: Any
    documents: Mapping[str, Document]
    seconds: float
    """What one document may take."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The name of the step."""
        return (self.spec.name,)

    def start(self, entering: Entering) -> TrialJob:
        """Build the step."""
        return TrialJob(Built.of(self.spec.build(self.options)), self, entering)


@frozen
class TrialJob:
    """A built step, and documents."""

    built: Built[Any]
    work: TrialWork
    entering: Entering

    def process(self, item: Item) -> Outcome:
        """Put the document that an item names through the step; the record is the pickled trial."""
        document = self.work.documents[item.uri]
        self.entering(-1, self.work.seconds)
        self.entering(0, self.work.seconds)
        trial = attempt(self.work.spec, self.built.value, document)
        return Outcome(item.key, "done", record=pickle.dumps(trial))

    def close(self) -> None:
        """Close the step."""
        self.built.close()

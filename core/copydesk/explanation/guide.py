"""Takes one document down a chain, in a process of its own, and notes each step."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import closing, redirect_stdout
from functools import partial
from pathlib import Path

import msgspec
from attrs import evolve

from copydesk.config import Config
from copydesk.errors import CopydeskError
from copydesk.explanation.account import Explanation, explain_outcome
from copydesk.ledger import Outcome
from copydesk.plans.planning import build
from copydesk.steps.passage import Stage
from copydesk.suggestion import suggest
from copydesk.trials.rehearsal import rehearse
from copydesk.trials.specimen import RefusedError, Specimen, take_file, take_item


def explain(config: Config, name: str, until: str | None = None) -> Explanation:
    """Return the way of a document: a file, or an item of the source by its name.

    `until` is the label of the last step to take. Raises `CopydeskError` if there is no such step
    or document.
    """
    cut = _cut(config, until)
    path = Path(name)
    is_file = path.is_file() or Path(name.partition("#")[0]).is_file()
    with redirect_stdout(sys.stderr):  # what a source prints is no part of the explanation
        specimen = take_file(config.source, path) if is_file else _find(config, name)
    left_out = tuple(step.label for step in config.chain[len(cut.chain) :])
    return evolve(_pass_down(cut, specimen), left_out=left_out)


def _pass_down(config: Config, specimen: Specimen) -> Explanation:
    """Return a document's way as far as it came, even if that is where a process hung or died."""
    tell = partial(_tell, str(config.path))
    ((_, outcome),) = rehearse(config, [specimen], tell)
    if outcome.record is not None:
        return msgspec.convert(json.loads(outcome.record), Explanation)
    chain, labels = config.chain, [step.label for step in config.chain]
    before = chain[: labels.index(outcome.step)] if outcome.step in labels else ()
    if before:
        known = _pass_down(evolve(config, chain=before), specimen)  # the steps that ended well
    else:
        item = specimen.item
        known = explain_outcome(str(config.path), item.media_type, (), outcome)
        known = evolve(known, size=item.size)
    return evolve(
        known,
        outcome=outcome.state,
        step=outcome.step,
        reason=outcome.reason,
        traceback=outcome.traceback,
        record=None,
    )


def _tell(chain: str, specimen: Specimen, stages: Sequence[Stage], outcome: Outcome) -> bytes:
    """Return an explanation as it is sent: as JSON, in which half a surrogate pair is an escape."""
    explanation = explain_outcome(chain, specimen.item.media_type, stages, outcome)
    return json.dumps(msgspec.to_builtins(explanation)).encode()


def _find(config: Config, name: str) -> Specimen:
    """Return the item that the source lists under a name, or say where else it is known."""
    try:
        return take_item(config.source, name)
    except RefusedError:
        raise
    except CopydeskError as error:
        place = getattr(config.store.options, "path", None)
        if not isinstance(place, Path) or not place.exists():
            raise
        with closing(build(config.store)) as store:
            if not any(row.key == name for row in store.known()):
                raise
        raise CopydeskError(
            f"{name}: the store knows it, but the source no longer lists it; "
            "put it back, or name another file"
        ) from error


def _cut(config: Config, until: str | None) -> Config:
    """Return the chain with the steps up to a label."""
    if until is None:
        return config
    labels = [step.label for step in config.chain]
    # a `first` ends with the last of its steps
    ends = {step.first.label: place for place, step in enumerate(config.chain, 1) if step.first}
    ends |= {label: place for place, label in enumerate(labels, 1)}
    if until not in ends:
        raise CopydeskError(f"--until: no step '{until}'; {suggest(until, ends, 'label')}")
    return evolve(config, chain=config.chain[: ends[until]])

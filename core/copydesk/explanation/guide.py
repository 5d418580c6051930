"""Takes one document down a chain, in this process, and notes each step."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from attrs import evolve

from copydesk.config import Config
from copydesk.errors import CopydeskError
from copydesk.explanation.account import Explanation, explain_outcome
from copydesk.plans.planning import build
from copydesk.steps.passage import Stage
from copydesk.suggestion import suggest
from copydesk.trials.specimen import Specimen, take_file, take_item
from copydesk.work import ChainWork, take_your_time


def explain(config: Config, name: str, until: str | None = None) -> Explanation:
    """Return the way of a document: a file, or an item of the source by its name.

    `until` is the label of the last step to take. Raises `CopydeskError` if there is no such step
    or document.
    """
    cut = _cut(config, until)
    path = Path(name)
    is_file = path.is_file() or Path(name.partition("#")[0]).is_file()
    specimen = take_file(config.source, path) if is_file else _find(config, name)
    stages: list[Stage] = []
    with closing(ChainWork(cut).start(take_your_time)) as job:
        outcome = job.pass_down(specimen, specimen.item, stages.append)
    left_out = [step.label for step in config.chain[len(cut.chain) :]]
    return explain_outcome(str(config.path), specimen.item.media_type, stages, outcome, left_out)


def _find(config: Config, name: str) -> Specimen:
    """Return the item that the source lists under a name, or say where else it is known."""
    try:
        return take_item(config.source, name)
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

"""A small registry and a chain for it, to break in tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen
from attrs.validators import ge

from copydesk.fault import Origin, Place
from copydesk.registry import Offer, Registry, Seam
from copydesk.spec import ExecutorSpec, NoOptions, SourceSpec, StepSpec, StoreSpec

ORIGIN = Origin("chain.yaml", Path("folder"))
"""Where samples seem to come from."""

PLACE = Place(ORIGIN, 1, 1)

CHAIN = """\
copydesk: 1
source:
  use: folder
  options: {path: articles}
chain:
  - encoding.chardet
  - use: boilerplate.lines
    when: document.media_type == "text/plain"
    options:
      min_length: 40
      labels: [PERSON]
  - language.identify
  - use: entities.names
    on_error: skip
    timeout_seconds: 20
store: {use: sqlite, options: {path: out.db}}
"""
"""A chain without a fault, beside a folder called `articles`."""


@frozen
class FolderOptions:
    """Which files are items."""

    path: Path
    """The folder to read."""


@frozen
class SqliteOptions:
    """Where the store is."""

    path: Path
    """The database file."""


@frozen
class LinesOptions:
    """Which lines are taken out."""

    min_length: int = field(default=40, validator=ge(5))
    """Characters under which a line goes."""
    keep_links: bool = True
    """Leave links where they are."""
    labels: tuple[Literal["PERSON", "ORG"], ...] = ()
    """Labels to look at."""
    ratio: float = 0.5
    """Share of the text, 0 to 1."""
    names: dict[str, str] = field(factory=dict)
    """Names by language."""
    min_size: int | None = field(default=None, metadata={"deprecated": "use min_length"})
    """What `min_length` was called once."""


def no_build(options: Any) -> Any:
    """Stand for building, which no test of a config does."""
    raise AssertionError


def make_registry(*more: StepSpec[Any]) -> Registry:
    """Return a registry with one source, one store, one executor and a few steps."""
    registry = Registry(())
    steps = (
        StepSpec(
            "encoding.chardet", NoOptions, no_build, needs=("raw",), gives=("text", "encoding")
        ),
        StepSpec("boilerplate.lines", LinesOptions, no_build, gives=("text",)),
        StepSpec("language.identify", NoOptions, no_build, gives=("language", "languages")),
        StepSpec("entities.names", NoOptions, no_build, gives=("entities",)),
        *more,
    )
    offers: list[tuple[Seam, Any]] = [("step", step) for step in steps]
    offers.append(("source", SourceSpec("folder", FolderOptions, no_build)))
    offers.append(("store", StoreSpec("sqlite", SqliteOptions, no_build)))
    offers.append(("executor", ExecutorSpec("local", NoOptions, no_build)))
    for seam, spec in offers:
        offer = Offer(seam, spec, "sample", "1", "sample")
        registry._offers[seam, spec.name] = [offer]
    return registry


def write_chain(folder: Path, text: str = CHAIN) -> Path:
    """Write a chain, and the folder of articles beside it."""
    (folder / "articles").mkdir(exist_ok=True)
    path = folder / "chain.yaml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path

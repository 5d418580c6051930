"""The keys of a chain's YAML file: the reference, the schema and the checks are made from these."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from attrs import field, frozen
from attrs.validators import gt, matches_re, min_len, optional

from copydesk.config import OnError
from copydesk.config.node import Node, Scalar, Table
from copydesk.fault import Origin, Place

DEFAULTS = Place(Origin("the defaults", Path()))
"""Where a value comes from that no file sets."""

_LOCAL = Scalar("local", DEFAULTS, "local")
_NO_OPTIONS = Table((), DEFAULTS)


@frozen
class PluginsFormat:
    """The plugins of a chain, when there is more to say than their files."""

    files: tuple[Path, ...] = ()
    """Python files that offer plugins, beside those that are installed."""
    block: tuple[str, ...] = ()
    """Plugins that are not loaded: a distribution, `distribution:entry` for one entry point of it,
    or the name of a file; `*` stands for anything."""
    allow: tuple[str, ...] | None = None
    """The only plugins to load, besides those that come with Copydesk and those in `files`; named
    as in `block`. An empty list allows no other."""


@frozen
class ChainFormat:
    """A chain: where documents come from, what is done to them, where the records go."""

    copydesk: Literal[1]
    """Version of this format."""
    source: Node
    """Where the documents come from: the name of a source, or a mapping with its options."""
    chain: tuple[Node, ...] = field(validator=min_len(1))
    """The steps, in order: each the name of a step, or a mapping with its options."""
    store: Node
    """Where the records go: the name of a store, or a mapping with its options."""
    executor: Node = _LOCAL
    """What runs the work: the name of an executor, or a mapping with its options."""
    timeout_seconds: float = field(default=60.0, validator=gt(0))
    """Seconds a document may take in all before it is given up and quarantined; steps with a
    `timeout_seconds` of their own do not count."""
    plugins: tuple[Path, ...] | PluginsFormat = ()
    """Python files that offer plugins, beside those that are installed; or a mapping that also says
    which plugins may be loaded."""
    include: Path | tuple[Path, ...] = ()
    """Chains that this one is laid on top of: its keys override theirs."""
    change: tuple[Node, ...] = ()
    """Changes to the steps of the chains that are included, made in order."""
    profiles: dict[str, Node] = field(factory=dict)
    """What is laid on top when `--profile NAME` chooses it, by name."""
    tests: tuple[Node, ...] = ()
    """What the chain should make of some documents; `copydesk test` runs them."""


@frozen
class CaseFormat:
    """A test of the chain: a document, and what should become of it."""

    item: Path | None = None
    """The document: a file that the chain's source can read, with `#` and a name after it for one
    in a container."""
    text: str | None = None
    """The document itself, instead of `item`."""
    media_type: str | None = None
    """What `text` is; `text/plain` if it is not said."""
    name: str | None = field(default=None, validator=optional(min_len(1)))
    """What to call the test; the document's name if there is none."""
    expect: Node = _NO_OPTIONS
    """The fields of the record, or `outcome`, `step` and `reason`, and what they should be."""
    snapshot: Path | None = None
    """A JSON file with the whole record, which `copydesk test --update` writes."""


@frozen
class UseFormat:
    """The choice of a source, a store or an executor."""

    use: str
    """Its name; `copydesk plugins` lists what is installed."""
    options: Node = _NO_OPTIONS
    """Its options; `copydesk plugins show NAME` explains them."""


@frozen
class MemberFormat:
    """A step inside `first`; when it fails, the next one is tried."""

    use: str
    """Its name; `copydesk plugins` lists what is installed."""
    options: Node = _NO_OPTIONS
    """Its options; `copydesk plugins show NAME` explains them."""
    options_by_language: dict[str, Node] = field(factory=dict)
    """Options for documents in one language, by its code, over those in `options`."""
    label: str | None = field(default=None, validator=optional(matches_re(r"[\w-]+")))
    """A name of its own in the chain; the last part of `use` if there is none."""
    when: str | None = None
    """A condition in CEL; where it is false the document passes by the step."""
    timeout_seconds: float | None = field(default=None, validator=optional(gt(0)))
    """Seconds a document may take in this step. One that takes longer is quarantined, whatever
    `on_error` says: its worker had to be killed, and there is nothing to go on with. With `stop`
    the run ends, too."""


@frozen
class StepFormat(MemberFormat):
    """One step of a chain."""

    on_error: OnError = "quarantine"
    """What to do with a document that fails: quarantine it, skip the step, drop it or stop."""


@frozen
class FirstFormat:
    """Several steps in the place of one: the first that leaves a text wins."""

    first: tuple[Node, ...] = field(validator=min_len(2))
    """The steps, in the order they are tried. One that fails, drops the document or leaves no text
    but white space is passed over; if all are, the last one decides."""
    label: str = field(default="first", validator=matches_re(r"[\w-]+"))
    """Its name in the chain, for `change` and `--set`."""
    when: str | None = None
    """A condition in CEL; where it is false the document passes by all of the steps."""
    timeout_seconds: float | None = field(default=None, validator=optional(gt(0)))
    """Seconds a document may take in each of the steps that does not say its own."""
    on_error: OnError = "quarantine"
    """What to do with a document for which all of the steps fail."""

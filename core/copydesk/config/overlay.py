"""The keys of what is laid on top of a chain: a profile, and the changes to steps."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from copydesk.config.format import DEFAULTS
from copydesk.config.node import Node, Table

_NOTHING = Table((), DEFAULTS)


@frozen
class ReplaceFormat:
    """Puts another step in the place of one."""

    replace: str
    """Label of the step that goes."""
    with_: Node
    """The step that comes."""


@frozen
class InsertFormat:
    """Puts a step before or after another one."""

    insert: Node
    """The step that comes."""
    before: str | None = None
    """Label of the step that it comes before."""
    after: str | None = None
    """Label of the step that it comes after."""


@frozen
class RemoveFormat:
    """Takes a step out."""

    remove: str
    """Label of the step."""


@frozen
class OptionsFormat:
    """Gives options to a step, over those that it has."""

    options: Node
    """The options; mappings among them are joined with those below."""
    of: str
    """Label of the step."""


CHANGES: dict[str, type[Any]] = {
    "replace": ReplaceFormat,
    "insert": InsertFormat,
    "remove": RemoveFormat,
    "options": OptionsFormat,
}
"""The changes by the key that tells them apart."""


@frozen
class ProfileFormat:
    """What one profile lays on top of the chain; `--profile NAME` chooses it."""

    source: Node = _NOTHING
    """As in the chain; options are joined with those of the chain."""
    chain: Node = _NOTHING
    """All steps anew; to change some of them, see `change`."""
    change: Node = _NOTHING
    """Changes to the steps, made in order."""
    store: Node = _NOTHING
    """As `source`."""
    executor: Node = _NOTHING
    """As `source`."""
    timeout_seconds: Node = _NOTHING
    """As in the chain."""
    plugins: Node = _NOTHING
    """As in the chain, added to those of the chain."""
    tests: Node = _NOTHING
    """As in the chain."""

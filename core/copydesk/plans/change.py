"""Says in words how a chain differs from the one that made a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from copydesk.fields import spell

Steps = Sequence[Mapping[str, Any]]
"""Steps as `Run.steps` keeps them."""


def explain_change(before: Steps, after: Steps) -> str:
    """Return what made records stale: every change of a step that can change a result."""
    changes = list(_changes(before, after))
    return "; ".join(changes) if changes else "the chain has changed"


def _changes(before: Steps, after: Steps) -> Iterator[str]:
    old, new = [step["label"] for step in before], [step["label"] for step in after]
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for one, other in zip(before[i:j], after[k:m], strict=True):
                yield from _compare(one, other)
            continue
        for step in before[i:j]:
            moved = step["label"] in new
            yield f"step {step['label']} {'moved' if moved else 'removed'}"
        yield from (
            f"step {step['label']} added" for step in after[k:m] if step["label"] not in old
        )


def _compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Yield the changes of one step that kept its label."""
    label, use = after["label"], after["use"]
    if before["use"] != use:
        yield f"step {label}: {before['use']} -> {use}"
        return
    if before["plugin"] != after["plugin"]:
        yield f"{use}: from {before['plugin']} -> from {after['plugin']}"
    if before["version"] != after["version"]:
        yield f"{use} {before['version']} -> {after['version']}"
    if before["when"] != after["when"]:
        yield f"condition of {label} changed"
    if before.get("on_error") != after.get("on_error"):
        yield f"on_error of {label} changed"
    old, new = before["options"], after["options"]
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield f"option {name} of {use} changed: {_short(old, name)} -> {_short(new, name)}"


def _short(options: Mapping[str, Any], name: str) -> str:
    words = spell(options[name]) if name in options else "not set"
    return words if len(words) <= 40 else f"{words[:37]}..."

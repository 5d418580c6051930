"""Why records are stale, in words."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.plans.change import explain_change


def step(label: str, **changes: Any) -> dict[str, Any]:
    """Return a step as a run keeps it."""
    plain = {
        "use": f"x.{label}", "label": label, "plugin": "copydesk", "version": "1.2",
        "options": {"size": 1}, "when": None,
    }  # fmt: skip
    return plain | changes


A, B, C = step("a"), step("b"), step("c")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([A], [step("a", version="1.3")], "x.a 1.2 -> 1.3"),
        ([A], [step("a", options={"size": 2})], "option size of x.a changed: 1 -> 2"),
        ([A], [step("a", options={})], "option size of x.a changed: 1 -> not set"),
        ([A], [step("a", when="document.size > 1")], "condition of a changed"),
        ([A], [step("a", plugin="fork")], "x.a: from copydesk -> from fork"),
        ([A], [step("a", use="y.a")], "step a: x.a -> y.a"),
        ([A, C], [A, B, C], "step b added"),
        ([A, B, C], [A, C], "step b removed"),
        ([A, B], [B, A], "step b moved"),
        ([A, B], [step("a", version="2"), B, C], "x.a 1.2 -> 2; step c added"),
    ],
)
def test_change_is_told(before: list[Any], after: list[Any], words: str) -> None:
    """Each change that can change a result is named, with what was and what is."""
    assert words == explain_change(before, after)

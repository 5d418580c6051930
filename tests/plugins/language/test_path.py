"""The path of least cost."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from copydesk_language.path import choose

COSTS = st.lists(
    st.fixed_dictionaries({"de": st.integers(0, 9), "fr": st.integers(0, 9)}),
    min_size=1,
    max_size=6,
)


def price(path: tuple[str, ...] | list[str], costs: list[dict[str, float]], change: float) -> float:
    """Return what a path costs."""
    changes = sum(change for one, other in pairwise(path) if one != other)
    return sum(cost[code] for cost, code in zip(costs, path, strict=True)) + changes


@given(COSTS, st.integers(0, 9))
def test_is_cheapest(costs: list[dict[str, float]], change: int) -> None:
    """No other path costs less."""
    found = choose(costs, [change] * len(costs))
    cheapest = min(price(path, costs, change) for path in product(["de", "fr"], repeat=len(costs)))

    assert cheapest == price(found, costs, change)


def test_nothing() -> None:
    """A text without pieces has no path."""
    assert [] == choose([], [])

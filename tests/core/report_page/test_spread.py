"""How numbers are spread."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.report_page.spread import Bin, Spread

numbers = st.lists(st.integers(0, 10**12), min_size=1, max_size=200)


def spread_of(found: list[int]) -> Spread:
    """Return the spread of some numbers."""
    spread = Spread()
    for number in found:
        spread.add(number)
    return spread


@given(numbers, st.floats(0, 1))
def test_quantile_is_close_to_the_true_one(found: list[int], share: float) -> None:
    """A quantile is at most 1 % below the number at that place, and never above."""
    spread = spread_of(found)
    need = share * len(found)
    true = next(n for place, n in enumerate(sorted(found), 1) if place >= need)

    assert 0.99 * true <= spread.quantile(share) <= true


@given(numbers)
def test_histogram_holds_every_number_once(found: list[int]) -> None:
    """Each bar counts the numbers from its start to before its end; no number is left out."""
    spread = spread_of(found)
    bins = list(spread.bins())

    assert [sum(b.start <= n < b.end for n in found) for b in bins] == [b.count for b in bins]
    assert len(found) == sum(b.count for b in bins) == spread.count
    assert sum(found) == spread.total
    assert bins[0].count
    assert bins[-1].count


def test_edges_are_round() -> None:
    """The bars of 1 to 20 are cut at 2, 5, 10 and 20."""
    bins = list(spread_of(list(range(1, 21))).bins())

    assert [Bin(1, 2, 1), Bin(2, 5, 3), Bin(5, 10, 5), Bin(10, 20, 10), Bin(20, 50, 1)] == bins


def test_nothing_has_no_histogram() -> None:
    """Without numbers there are no bars, and quantiles are 0."""
    assert [] == list(Spread().bins())
    assert 0 == Spread().quantile(0.5)

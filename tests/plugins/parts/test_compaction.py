"""Which parts are merged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk_parts.compaction import MANY, choose, choose_under_way
from copydesk_parts.manifest import Part


def parts(*sizes: int) -> list[Part]:
    """Return parts of some sizes, oldest first."""
    return [Part(f"{number:08}", size, 1) for number, size in enumerate(sizes)]


def sizes(chosen: tuple[Part, ...]) -> list[int]:
    """Return the sizes of parts."""
    return [part.size for part in chosen]


def test_equal_parts_become_one() -> None:
    """Parts of one size are merged, a much larger one before them is left."""
    assert [5, 5, 5] == sizes(choose(parts(100, 5, 5, 5)))
    assert [] == sizes(choose(parts(100, 5)))
    assert [100, 30, 20] == sizes(choose(parts(100, 30, 20)))
    assert [] == sizes(choose(parts(7)))
    assert [] == sizes(choose([]))


@given(st.lists(st.integers(1, 1000), max_size=60))
def test_sizes_halve(runs: list[int]) -> None:
    """After every run each part is more than twice as large as all after it together."""
    standing: list[int] = []
    for size in runs:
        standing.append(size)
        chosen = sizes(choose(parts(*standing)))
        assert 1 != len(chosen)
        if chosen:
            standing = [*standing[: -len(chosen)], sum(chosen)]

        for place, size_here in enumerate(standing[:-1]):
            assert size_here > 2 * sum(standing[place + 1 :])


def test_only_small_parts_are_merged_under_way() -> None:
    """While a run is on, small parts are merged when there are many; large ones are left."""
    assert [] == sizes(choose_under_way(parts(*[5] * MANY)))
    assert [5] * (MANY + 1) == sizes(choose_under_way(parts(10**9, *[5] * (MANY + 1))))
    assert [5] * MANY == sizes(choose_under_way(parts(1000, *[5] * MANY)))
    assert [] == sizes(choose_under_way(parts(*[5] * MANY, 10**9, *[5] * MANY)))

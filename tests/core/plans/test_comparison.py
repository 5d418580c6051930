"""The comparison of source and ledger: which items are processed, and why."""

from __future__ import annotations

from collections import Counter

import pytest
from attrs import evolve

from copydesk.fingerprint import hash_told
from copydesk.item import Busy, Item, Listed, Skipped, Unreadable
from copydesk.ledger import Known
from copydesk.metadata import Metadata
from copydesk.plans.comparison import plan
from copydesk.plans.plan import Plan
from copydesk.plans.request import Request, in_shard

CONTENTS = {"a": "aa", "b": "bb", "new": "aa"}


def known(key: str, **changes: object) -> Known:
    """Return a ledger row of an item that was done under fingerprint `now`."""
    row = {
        "state": "done", "size": 5, "modified": 1.0, "sha256": "aa",
        "fingerprint": "now", "attempts": 0,
    } | changes  # fmt: skip
    return Known(key, **row)  # type: ignore[arg-type]


def item(key: str, **changes: object) -> Item:
    """Return an item that is as `known` has it."""
    return evolve(Item(key, size=5, modified=1.0), **changes)  # type: ignore[arg-type]


class Reader:
    """Gives the hash of an item, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, item: Item) -> str | None:
        """Return the hash."""
        self.read.append(item.key)
        return CONTENTS.get(item.key)


def make(listed: list[Listed], rows: list[Known], **wanted: object) -> tuple[Plan, Reader]:
    """Return the plan, and who was asked for hashes."""
    reader = Reader()
    return plan(listed, rows, "now", reader, Request(**wanted)), reader  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "row"),
    [
        ("new", None),
        ("new", known("a", state="gone")),
        ("unchanged", known("a")),
        ("unchanged", known("a", state="dropped")),
        ("changed", known("a", size=6)),
        ("changed", known("a", modified=2.0, sha256="other")),
        ("stale", known("a", fingerprint="before")),
        ("stale", known("a", state="quarantined", fingerprint="before")),
        ("waiting", known("a", state="quarantined")),
        ("retried", known("a", state="quarantined", sha256="", attempts=2)),
        ("waiting", known("a", state="quarantined", sha256="", attempts=3)),
        ("waiting", known("a", state="quarantined", sha256="", attempts=1, step="names")),
    ],
)
def test_verdict(verdict: str, row: Known | None) -> None:
    """An item is processed when its content or the chain has changed, else it is left."""
    made, _ = make([item("a")], [row] if row else [])

    assert Counter({verdict: 1}) == made.counts
    assert (verdict in {"new", "changed", "stale", "retried"}) == bool(made.todo)


def test_unchanged_stamp_is_trusted_unless_told_not_to() -> None:
    """Content is read only where size or time differ, or for `rehash`."""
    rows = [known("a"), known("b")]

    _, trusting = make([item("a"), item("b")], rows)
    made, thorough = make([item("a"), item("b")], rows, rehash=True)

    assert [] == trusting.read
    assert ["a", "b"] == thorough.read
    assert {"a": "unchanged", "b": "changed"} == dict(made.verdicts)


def test_touched_item_is_noted_and_not_processed() -> None:
    """Of a new time with the same content it is noted that the record has to follow."""
    made, reader = make([item("a", modified=9.0)], [known("a")])

    assert ["a"] == reader.read
    assert () == made.todo
    assert [("a", 9.0)] == [(item.key, item.modified) for item in made.touched]


def test_touched_item_that_is_stale_is_only_processed() -> None:
    """What is built again needs not follow besides; nor does what waits in quarantine."""
    rows = [known("a", fingerprint="before"), known("b", state="quarantined", sha256="bb")]

    made, _ = make([item("a", modified=9.0), item("b", modified=9.0)], rows)

    assert {"a": "stale", "b": "waiting"} == dict(made.verdicts)
    assert () == made.touched


@pytest.mark.parametrize("row", [known("a", told=""), known("a", told="t", state="quarantined")])
def test_change_of_what_the_collection_tells_is_a_change(row: Known) -> None:
    """An item of which its collection tells something else is changed, whatever its content."""
    told = item("a", metadata=Metadata(title="New"))

    made, reader = make([told], [row])

    assert {"a": "changed"} == dict(made.verdicts)
    assert [] == reader.read


def test_row_that_does_not_say_what_was_told_is_trusted() -> None:
    """Rows from before it was kept are not processed again for it."""
    told = item("a", metadata=Metadata(title="New"))

    assert {"a": "unchanged"} == dict(make([told], [known("a")])[0].verdicts)


def test_item_of_which_something_else_is_told_is_not_moved() -> None:
    """A record follows its item only where the collection tells the same of it there."""
    told = item("new", charset="utf-8")

    same, _ = make([told], [known("old", told=hash_told(told))])
    other, _ = make([told], [known("old", told="")])

    assert [["new"], []] == [[m.item.key for m in made.moved] for made in (same, other)]
    assert ["old"] == [row.key for row in other.replaced]


def test_hash_of_the_source_decides_alone() -> None:
    """Where the source knows the hash, size and time do not count and nothing is read."""
    rows = [known("a"), known("b")]
    listed: list[Listed] = [item("a", sha256="aa", modified=7.0), item("b", sha256="cc")]

    made, reader = make(listed, rows)

    assert {"a": "unchanged", "b": "changed"} == dict(made.verdicts)
    assert [] == reader.read


def test_refused_things_become_rows() -> None:
    """What a source skips is dropped, what it cannot read is quarantined."""
    rows = [known("b", state="quarantined", attempts=2)]

    made, _ = make([Skipped("a", "hidden"), Unreadable("b", "no rights")], rows)

    assert [("a", "dropped", 0), ("b", "quarantined", 1)] == [
        (entry.key, entry.state, entry.attempts) for entry in made.refused
    ]


def test_missing_items_are_gone_once() -> None:
    """A ledger row that the source no longer lists is gone, unless it was gone before."""
    made, _ = make([], [known("a"), known("b", state="gone")])

    assert ["a"] == [row.key for row in made.gone]


def test_moved_item_is_found_by_its_content() -> None:
    """A new item with the content of one that is gone takes its record over."""
    made, reader = make([item("new")], [known("old")])

    assert [("new", "old")] == [(move.item.key, move.before.key) for move in made.moved]
    assert ((), ()) == (made.todo, made.gone)
    assert ["new"] == reader.read


@pytest.mark.parametrize(
    "row",
    [known("old", size=6), known("old", sha256="zz"), known("old", state="quarantined")],
)
def test_item_is_not_moved_unless_its_record_is_good(row: Known) -> None:
    """Another size, another content, no record or a stale one: the item is processed as new."""
    made, _ = make([item("new")], [row])

    assert ["new"] == [one.key for one in made.todo]
    assert ["old"] == [one.key for one in made.gone]


def test_copy_is_not_a_move() -> None:
    """A second copy of an item that is still there is new."""
    made, _ = make([item("a"), item("new")], [known("a")])

    assert {"a": "unchanged", "new": "new"} == dict(made.verdicts)


def test_row_of_another_source_is_read_and_taken_over() -> None:
    """An equal size and time says nothing where a run over another source wrote the row."""
    rows = [known("a", run=1), known("b", run=1), known("new", run=2)]

    made, reader = make([item("a"), item("b"), item("new")], rows, elsewhere=frozenset({1}))

    assert {"a": "unchanged", "b": "changed", "new": "unchanged"} == dict(made.verdicts)
    assert ["a", "b"] == reader.read
    assert ["a"] == [one.key for one in made.touched]


def test_touched_item_is_processed_where_a_step_reads_items() -> None:
    """A new time of change is a change for a step that may look at it."""
    made, _ = make([item("a", modified=2.0)], [known("a")], may_touch=False)

    assert (("a", "changed"),) == made.verdicts


def test_limit_takes_no_record_whose_place_is_not_reached() -> None:
    """A row stays as it is until the item that replaces it is processed."""
    rows = [known("y", fingerprint="before"), known("z", fingerprint="before", sha256="bb")]

    made, _ = make([item("a"), item("b")], rows, limit=1)

    assert (["a"], ["y"]) == ([one.key for one in made.todo], [row.key for row in made.replaced])
    assert () == made.gone


def test_limit_leaves_the_rest_for_another_time() -> None:
    """With a limit the first items that need work are taken; those beyond it are not counted."""
    made, _ = make([item(key) for key in "abcd"], [known("a"), known("z", sha256="zz")], limit=2)

    assert ["b", "c"] == [one.uri for one in made.todo]
    assert ["a", "b", "c"] == [key for key, _ in made.verdicts]
    assert ["z"] == [row.key for row in made.gone]


def test_moves_are_found_beyond_the_limit() -> None:
    """A limit does not make new items of moved ones."""
    rows = [known("old")]

    made, _ = make([item("b"), item("new")], rows, limit=1)

    assert ["new"] == [move.item.key for move in made.moved]


def test_equal_contents_move_one_by_one() -> None:
    """Of two equal items that moved, each takes one record along."""
    made, _ = make([item("new"), item("a")], [known("x"), known("y")])

    assert {"new", "a"} == {move.item.key for move in made.moved}
    assert {"x", "y"} == {move.before.key for move in made.moved}


@pytest.mark.parametrize("row", [known("old", fingerprint="before"), known("old.html")])
def test_moved_item_that_must_be_processed_replaces_its_record(row: Known) -> None:
    """Where the chain or the kind of item has changed too, the old record goes."""
    made, _ = make([item("new")], [row])

    assert ["new"] == [one.key for one in made.todo]
    assert [row.key] == [one.key for one in made.replaced]
    assert () == made.gone


def test_what_could_not_be_looked_into_is_not_gone() -> None:
    """Items of a folder or an archive that cannot be read are not gone."""
    rows = [known("sub/a"), known("b.zip#c"), known("other")]

    made, _ = make([Unreadable("sub/", "no rights"), Unreadable("b.zip", "damaged")], rows)

    assert ["other"] == [row.key for row in made.gone]
    assert () == make([Unreadable(".", "no rights")], rows)[0].gone


def test_key_listed_twice_is_told() -> None:
    """The second item of a key is quarantined under another key, and counted."""
    made, _ = make([item("a"), item("a")], [])

    assert 1 == len(made.todo)
    assert [("a (again)", "the source lists it twice")] == [
        (entry.key, entry.reason) for entry in made.refused
    ]
    assert 2 == len(made.verdicts)


def test_each_refused_key_has_a_name_of_its_own() -> None:
    """Keys that are listed often, or equal only when they are spelt out, are all counted."""
    listed: list[Listed] = [item(key) for key in ("a", "a", "a", "a (again)", "\udcff", "\\udcff")]

    made, _ = make(listed, [])

    assert 6 == len(made.verdicts)
    assert ["a (again)", "a (again, 2)", "a (again) (again)", "\\udcff", "\\udcff (again)"] == [
        entry.key for entry in made.refused
    ]


def test_reasons_of_a_source_are_tidied() -> None:
    """What a source gives as a reason is one line of bounded length that can be stored."""
    made, _ = make([Skipped("a", "two\nlines \udcff"), Unreadable("b", "x" * 99_999)], [])

    assert "two lines \\udcff" == made.refused[0].reason
    assert len(made.refused[1].reason) < 1_000


def test_surrogate_key_in_a_shard() -> None:
    """A name that is no Unicode falls into one part, like any other."""
    parts = [make([item("\udcff")], [], shard=(i, 2))[0] for i in (1, 2)]

    assert [0, 1] == sorted(len(made.refused) for made in parts)


def test_refusal_that_is_known_is_not_written_again() -> None:
    """What was skipped or unreadable for the same reason before makes no new row."""
    rows = [
        known("a", state="dropped", reason="hidden"),
        known("b", state="quarantined", reason="no rights"),
    ]

    made, _ = make([Skipped("a", "hidden"), Unreadable("b", "no rights")], rows)

    assert () == made.refused
    assert {"a": "unchanged", "b": "waiting"} == dict(made.verdicts)


def test_records_kept_of_gone_items_are_lapsed() -> None:
    """Items that are gone since an earlier run are told apart by whether a record was kept."""
    rows = [known("a", state="gone"), known("b", state="gone", has_record=False)]

    made, _ = make([], rows)

    assert () == made.gone
    assert ["a"] == [row.key for row in made.lapsed]


def test_retry_looks_at_nothing_else() -> None:
    """With `only`, what waits under those keys is processed, and all else is left out."""
    rows = [known("a", state="quarantined"), known("b", state="quarantined")]

    made, _ = make([item("a"), item("b"), item("c")], rows, only=frozenset({"b"}))

    assert (("b", "retried"),) == made.verdicts
    assert () == made.gone


def test_shards_are_a_partition() -> None:
    """Each key is in exactly one part, and a part calls only its own items gone."""
    keys = [f"{number}.txt" for number in range(300)]

    for key in keys:
        assert 1 == sum(in_shard(key, (part, 3)) for part in (1, 2, 3))
    parts = [make([], [known(key) for key in keys], shard=(i, 3))[0] for i in (1, 2, 3)]
    assert sorted(keys) == sorted(row.key for made in parts for row in made.gone)
    assert all(60 < len(made.gone) < 140 for made in parts)


def test_busy_things_are_neither_listed_nor_gone() -> None:
    """What is still being written, and what was in it, keeps its rows until a later run."""
    rows = [known("a"), known("b.zip#x"), known("b.zip#y"), known("c")]

    made, _ = make([Busy("a"), Busy("b.zip"), Busy("new")], rows)

    assert {"a", "b.zip", "new"} == made.busy
    assert ((), ()) == (made.verdicts, made.todo)
    assert ["c"] == [row.key for row in made.gone]


def test_busy_things_are_known_in_every_shard() -> None:
    """Members of a container that is being written may be in any part, and are gone from none."""
    rows = [known(f"b.zip#{number}") for number in range(20)]

    for part in (1, 2):
        made, _ = make([Busy("b.zip")], rows, shard=(part, 2))
        assert () == made.gone

"""Groups by name, with examples, in bounded memory."""

from __future__ import annotations

from copydesk.report_page.groups import Example, Groups


def test_groups_are_ranked_by_number_then_name() -> None:
    """The largest group comes first, equal ones by name."""
    groups: Groups[str] = Groups()
    for name in "cbbac":
        groups.add(name, weight=2)

    assert ["b", "c", "a"] == [name for name, _ in groups.ranked()]
    assert [(2, 4), (2, 4), (1, 2)] == [(group.count, group.weight) for _, group in groups.ranked()]


def test_examples_differ_and_name_their_documents() -> None:
    """A text that comes again adds the document's key; a fourth text is not kept."""
    groups: Groups[str] = Groups()
    for key, text in enumerate(["one", "one", "two\n\n  lines", "three", "four", "one"]):
        groups.add("x", text=text, key=f"{key}.txt")

    ((_, group),) = groups.ranked()

    assert 6 == group.count
    assert [
        Example("one", ("0.txt", "1.txt", "5.txt")),
        Example("two lines", ("2.txt",)),
        Example("three", ("3.txt",)),
    ] == group.examples


def test_long_example_is_cut() -> None:
    """No example is longer than 240 characters, however long the text."""
    groups: Groups[str] = Groups()
    groups.add("x", text="word " * 1_000_000, key="a")

    ((_, group),) = groups.ranked()

    assert 240 == len(group.examples[0].text)
    assert group.examples[0].text.endswith("…")


def test_names_without_end_are_only_counted() -> None:
    """After a thousand names new ones are counted together, and known ones go on."""
    groups: Groups[int] = Groups()
    for name in range(1500):
        groups.add(name)
    groups.add(7)

    assert (1000, 500) == (len(groups), groups.ungrouped)
    assert (7, 2) == (groups.ranked()[0][0], groups.ranked()[0][1].count)

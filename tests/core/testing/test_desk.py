"""The desk: chains run at it, and what it asserts of their records."""

from __future__ import annotations

import pytest

from copydesk.testing import Desk

PLUGIN = """
from copydesk.api import Document, DocumentError, Drop, step

@step("loud", gives=("text",))
def loud(document: Document) -> Document | Drop:
    text = document.text or ""
    if len(text) < 5:
        return Drop("too short")
    if "?" in text:
        raise DocumentError("it asks questions")
    return document.with_text(text.upper())
"""


@pytest.fixture
def newsroom(desk: Desk) -> Desk:
    """Return a desk with a chain that was run."""
    desk.write("loud.py", PLUGIN)
    desk.write("articles/a.txt", "Nothing new from Marsfeld.")
    desk.write("articles/b.txt", b"No")
    desk.write("articles/c.txt", "What is new?")
    desk.write_chain("encoding.chardet", {"use": "loud", "label": "shout"}, plugins=["./loud.py"])
    assert 3 == desk.run()["listed"]
    return desk


def test_record(newsroom: Desk) -> None:
    """A record is held to values, and to the operators that the tests of a chain have."""
    record = newsroom.assert_record(
        "a.txt",
        {
            "text": "NOTHING NEW FROM MARSFELD.",
            "encoding.name": {"matches": "^utf"},
            "steps": {"contains": {"label": "shout", "outcome": "done"}, "at_least": 2},
            "source.size": {"close_to": 26},
        },
    )

    assert "a.txt" == record["source"]["uri"]


def test_record_that_is_another(newsroom: Desk) -> None:
    """Every field that is not as expected is told, with what was found."""
    with pytest.raises(AssertionError) as failure:
        newsroom.assert_record("a.txt", {"text": {"lacks": "NEW"}, "encoding.name": "koi8-r"})

    told = str(failure.value)
    assert "a.txt: text: 'NEW' is in it, at character 8" in told
    assert "a.txt: encoding.name: found 'utf-8', expected 'koi8-r'" in told


def test_record_that_is_not_there(newsroom: Desk) -> None:
    """An item without a record is told, with the ones that have one."""
    with pytest.raises(AssertionError, match=r"b.txt has no record; there are a.txt"):
        newsroom.assert_record("b.txt", {})


def test_what_was_not_done(newsroom: Desk) -> None:
    """What was dropped or waits in quarantine is held to its state and reason."""
    newsroom.assert_not_done("b.txt", "dropped", "too short")
    newsroom.assert_not_done("c.txt", "quarantined", "asks questions")

    with pytest.raises(AssertionError, match=r"c\.txt is quarantined: it asks questions"):
        newsroom.assert_not_done("c.txt", "dropped")
    with pytest.raises(AssertionError, match=r"a\.txt is neither dropped nor quarantined"):
        newsroom.assert_not_done("a.txt", "dropped")


def test_run_that_fails(desk: Desk) -> None:
    """A chain that cannot be run fails the test with what the command said."""
    desk.write_chain("no.such.step")

    with pytest.raises(AssertionError, match=r"no step named 'no\.such\.step'"):
        desk.run()

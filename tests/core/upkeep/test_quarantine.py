"""Tests of what waits in quarantine, chosen and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with one document that failed at the read, and one in a step."""
    desk = Desk(tmp_path)
    desk.write("articles/a.txt.gz", b"\x1f\x8b broken")
    desk.write("articles/b.txt", "")
    desk.write("articles/c.txt", "Nothing new.")
    desk.write_chain("encoding.chardet", "language.identify")
    desk.run()
    return desk


@pytest.mark.parametrize("step", ["read", "", "chardet"])
def test_step_is_named_as_the_list_names_it(desk: Desk, step: str) -> None:
    """What failed before all steps is tried again under the name that the list gives it."""
    listed = desk.copydesk("quarantine", "list", "--store", "out.db").stdout
    done = desk.copydesk("retry", "chain.yaml", "--store", "out.db", "--step", step)

    assert f"1  {step or 'read'}: " in listed
    assert ", 1 to process" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--step", "nosuch\x9b"],
            (
                "--step: nothing in quarantine failed on 'nosuch\\x9b'; "
                "the steps are 'read' (1), 'chardet' (1)"
            ),
        ),
        (
            ["--error", "nosuch"],
            (
                "--error: the error of nothing in quarantine contains 'nosuch'; "
                "`copydesk quarantine list` tells the errors"
            ),
        ),
        (
            ["--step", "read", "--error", "nosuch"],
            (
                "--error: the error of nothing in quarantine of those that failed on 'read' "
                "contains 'nosuch'; `copydesk quarantine list` tells the errors"
            ),
        ),
    ],
)
def test_choice_that_nothing_fits(desk: Desk, words: list[str], told: str) -> None:
    """A step or an error that nothing waits for is a mistake, as long as anything waits."""
    done = desk.copydesk("retry", "chain.yaml", "--store", "out.db", *words)

    assert (2, f"copydesk: {told}\n") == (done.returncode, done.stderr)


def test_nothing_waits(desk: Desk) -> None:
    """Where nothing waits there is nothing to try, and that is well."""
    desk.copydesk("run", "chain.yaml", "--store", "new.db", "--set", "source.options.include=[c.*]")
    done = desk.copydesk("retry", "chain.yaml", "--store", "new.db", "--step", "chardet")

    assert 0 == done.returncode
    assert ", 0 to process" in done.stderr

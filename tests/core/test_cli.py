"""The exit codes of the command, and what it says with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from copydesk import cli
from copydesk.commands import runs
from copydesk.errors import CopydeskError


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (CopydeskError("mend this"), 2, "copydesk: mend this\n"),
        (KeyboardInterrupt(), 130, "copydesk: interrupted; what was committed is safe\n"),
    ],
)
def test_what_the_user_can_mend_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    error: BaseException, code: int, words: str,
) -> None:  # fmt: skip
    """What the user has to mend is exit code 2, what the user has broken off is 130; no more."""
    monkeypatch.setattr(runs, "execute", failing(error))

    assert code == cli.main(["runs", "--store", "x"])
    assert ("", words) == capsys.readouterr()


def test_fault_of_the_program_is_told_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever else is raised is exit code 70, with its traceback."""
    monkeypatch.setattr(runs, "execute", failing(KeyError("a")))

    assert 70 == cli.main(["runs", "--store", "x"])
    printed = capsys.readouterr()
    assert "" == printed.out
    assert printed.err.startswith("Traceback (most recent call last)")
    assert printed.err.endswith("KeyError: 'a'\n")


def failing(error: BaseException) -> Callable[[object], int]:
    """Return a verb that raises."""

    def fail(_: object) -> int:
        raise error

    return fail


def test_code_of_the_verb_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a verb returns is the exit code."""
    monkeypatch.setattr(runs, "execute", lambda _: 1)

    assert 1 == cli.main(["runs", "--store", "x"])

"""The exit codes of the command, and what it says with them."""

from __future__ import annotations

import pytest

from copydesk import cli
from copydesk.commands import runs
from copydesk.errors import CopydeskError


@pytest.mark.parametrize(
    ("error", "code", "words", "traces"),
    [
        (CopydeskError("mend this"), 2, "copydesk: mend this\n", False),
        (ZeroDivisionError("oh no"), 70, "ZeroDivisionError: oh no\n", True),
        (KeyError("a"), 70, "KeyError: 'a'\n", True),
        (KeyboardInterrupt(), 130, "copydesk: interrupted; what was committed is safe\n", False),
    ],
)
def test_errors_and_exit_codes(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    words: str,
    *,
    traces: bool,
) -> None:
    """What the user can mend is 2 and one line; a fault of the program is 70, with a traceback."""

    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(runs, "execute", fail)

    assert code == cli.main(["runs", "--store", "x"])
    printed = capsys.readouterr()
    assert "" == printed.out
    assert printed.err.endswith(words)
    assert traces == ("Traceback (most recent call last)" in printed.err)


def test_code_of_the_verb_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a verb returns is the exit code."""
    monkeypatch.setattr(runs, "execute", lambda _: 1)

    assert 1 == cli.main(["runs", "--store", "x"])

"""The checks of steps: each is failed by a step made to fail it, and passed by a good one."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.testing import bad_steps as bad

from copydesk.api import StepSpec, spec_of
from copydesk.testing import STEP_CHECKS, CheckError, StepBench, check_step, step_checks

CHECKS = {check.name: check for check in STEP_CHECKS}
FEW: Any = {"huge_characters": 250_000, "timeout_seconds": 3.0}


MINE = {"mine": bad.Options}
BAD: list[tuple[str, StepSpec[Any], str]] = [
    ("pickles", bad.spec(lambda _: bad.Shout(None)), "the spec cannot be pickled"),
    ("documents_its_options", bad.spec(bad.Shout, bad.Undocumented), "'marks' has no docum"),
    ("freezes_its_options", bad.spec(bad.Shout, bad.Thawed), "'marks' can be set"),
    ("takes_options_from_yaml", bad.spec(bad.Shout, bad.Odd), "the option 'match'"),
    ("reads_every_script", bad.spec(bad.Latin), "on scripts: ar: it raised UnicodeEncodeError"),
    ("survives_empty_text", bad.spec(bad.Empty), "on empty: nothing: it raised IndexError"),
    ("survives_hostile_text", bad.spec(bad.Hostile), "on hostile: half a surrogate pair: it rai"),
    ("survives_huge_text", bad.spec(bad.Killed), "the worker was killed by SIGABRT"),
    ("keeps_time", bad.spec(bad.Endless), "on huge: 250000 characters: timed out after 3 s"),
    ("needs_no_more_than_it_says", bad.spec(bad.Needy), "fails without fields that it does not"),
    ("gives_what_it_says", bad.spec(bad.Idle), "'extra' is in `gives`"),
    ("touches_nothing_else", bad.spec(bad.Meddler), "it changed 'metadata'"),
    ("touches_nothing_else", bad.spec(bad.Thief), "it changed the document that it was given"),
    ("declares_what_it_gives", bad.spec(bad.Forgetful, extra=MINE), "the namespace 'pairs'"),
    ("keeps_the_laws", bad.spec(bad.Misplaced, gives=("entities",)), "is not at 1-"),
    ("keeps_the_laws", bad.spec(bad.Mistyped, gives=("entities",)), "[0].link' to 42, of type i"),
    ("keeps_the_laws", bad.spec(bad.Unmapped, gives=("text",)), "is not what stands at 0"),
    ("keeps_the_laws", bad.spec(bad.Speechless), "it gives no reason for its drop"),
    ("keeps_the_laws", bad.spec(bad.Wordless), "returned Drop(404), whose reason is a int"),
    ("can_be_remembered", bad.spec(bad.Forgetful), "is another when it is taken up again"),
    ("is_deterministic", bad.spec(bad.Moody), "the second time it is another: extra"),
    ("is_deterministic", bad.spec(bad.Hashing), "in a new process it is another: extra"),
    ("is_deterministic", bad.spec(bad.Remembering), "the second time it is another: extra"),
    ("shares_nothing", bad.spec(bad.Sharing, bad.Options), "beside a step with other options"),
    ("batches_like_one_by_one", bad.spec(bad.Counting), "in a batch it is another: extra"),
    ("batches_like_one_by_one", bad.spec(bad.Losing), "19 results for 20 documents"),
    ("leaves_the_process_alone", bad.spec(bad.Chatty), "it changed stdout"),
    ("leaves_the_process_alone", bad.spec(bad.Wandering), "it changed the environment"),
    ("closes", bad.spec(bad.Clinging), "close() raised RuntimeError: not yet"),
]


@pytest.mark.parametrize(("name", "spec", "words"), BAD, ids=lambda value: str(value)[:40])
def test_bad_step(name: str, spec: StepSpec[Any], words: str) -> None:
    """A step that does one thing wrong fails the check of it, which says what and what to do."""
    check = CHECKS[name]

    with pytest.raises(CheckError) as failure:
        check(StepBench(spec, **FEW))

    told = str(failure.value)
    assert told.startswith(f"bad: {name}: it should hold that ")
    assert words in told
    assert f"to do: {check.advice}" in told


def test_every_check_can_fail() -> None:
    """There is a bad step for every check, but the one that takes a plugin of its own."""
    assert set(CHECKS) - {"imports_nothing_heavy"} == {name for name, _, _ in BAD}


@pytest.mark.parametrize("check", step_checks(bad.spec(bad.Shout, bad.Options, gives=("text",))))
def test_good_class(check: Any) -> None:
    """A step that is a class, done well, passes each check."""
    check()


def test_good_function() -> None:
    """A step that is a function, done well, passes all checks at once."""
    check_step(spec_of(bad.louder))


def test_good_batches() -> None:
    """A step that takes batches, done well, passes all checks at once."""
    check_step(bad.spec(bad.Batched))


def test_all_that_fails_is_told_at_once() -> None:
    """`check_step` goes on after a failure and tells them all, with their number."""
    with pytest.raises(CheckError) as failure:
        check_step(bad.spec(bad.Idle, bad.Undocumented))

    told = str(failure.value)
    assert told.startswith("2 checks failed")
    assert "bad: documents_its_options: " in told
    assert "bad: gives_what_it_says: " in told


def test_documents_of_the_author(tmp_path: Any) -> None:
    """A step that finds nothing in news passes with a document in which it finds something."""
    spec = bad.spec(bad.Shout, bad.Options, gives=("text",), needs=("raw",))
    with pytest.raises(CheckError, match="'text' is in `gives`"):
        CHECKS["gives_what_it_says"](StepBench(spec, **FEW))
    sample = StepBench(bad.spec(bad.Shout)).samples["scripts: en"].document

    CHECKS["gives_what_it_says"](StepBench(spec, documents=[sample], **FEW))


def test_checks_are_named() -> None:
    """Pytest shows each check by its name."""
    names = [check.__name__ for check in step_checks(spec_of(bad.louder))]

    assert "survives_empty_text" in names
    assert list(CHECKS) == names


def test_heavy_import(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that imports a slow package at its top is told, with the package."""
    (tmp_path / "slow_package.py").write_text("import time\ntime.sleep(0.05)\n")
    (tmp_path / "eager_plugin.py").write_text(
        "import slow_package\nfrom copydesk.api import NoOptions, StepSpec\n"
        "def build(options): ...\nSPEC = StepSpec('eager', NoOptions, build)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    eager: Any = __import__("eager_plugin")

    with pytest.raises(CheckError, match="imports slow_package, which takes 5"):
        CHECKS["imports_nothing_heavy"](StepBench(eager.SPEC))

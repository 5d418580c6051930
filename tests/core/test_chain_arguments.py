"""Tests of how the command line names a chain and changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing import Desk

CHAIN = """\
copydesk: 1
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet, language.identify]
store: {use: sqlite, options: {path: out.db}}
profiles:
  short: {change: [{remove: identify}]}
"""


@pytest.fixture
def chain(desk: Desk) -> Path:
    """Return a chain with a profile, beside one article."""
    (desk.folder / "articles").mkdir()
    (desk.folder / "articles/a.txt").write_text("Guten Tag, dies ist ein Text.", "utf-8")
    path = desk.folder / "chain.yaml"
    path.write_text(CHAIN, encoding="utf-8")
    return path


def test_run(desk: Desk, chain: Path) -> None:
    """A run takes profile and settings, between other arguments or after them."""
    desk.run(chain, "--profile", "short", "--set", "timeout_seconds=5")

    assert ["chardet"] == [step["label"] for step in desk.records()["a.txt"]["steps"]]
    assert 1 == desk.run(chain, "--set", "chain.identify.when=document.size < 0")["done"]
    assert ["done", "skipped"] == [step["outcome"] for step in desk.records()["a.txt"]["steps"]]


VERBS = ["run", "plan", "retry", "check", "verify", "watch", "test", "explain"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_with_a_chain(verb: str, desk: Desk, chain: Path) -> None:
    """Each verb that takes a chain takes a profile and settings, and tells what is wrong."""
    words = ["articles/a.txt"] if verb == "explain" else []
    done = desk.copydesk(verb, chain, *words, "--profile", "shrt", "--set", "tiemout_seconds=5")

    assert 2 == done.returncode
    assert (
        "--profile shrt: the chain has no profile 'shrt'; did you mean 'short'?\n"
        "--set tiemout_seconds: unknown key 'tiemout_seconds'; did you mean 'timeout_seconds'?\n"
    ) == (done.stdout if verb == "check" else done.stderr)


def test_check_resolved(desk: Desk, chain: Path) -> None:
    """`check --resolved` prints the chain as it is put together, unless it has a fault."""
    done = desk.copydesk("check", "--resolved", "chain.yaml", "--profile", "short")
    wrong = desk.copydesk("check", "--resolved", "chain.yaml", "--set", "x=1")

    assert 0 == done.returncode
    assert "chain: [encoding.chardet] # chain.yaml:3" in " ".join(done.stdout.split())
    assert "identify" not in done.stdout
    assert "chain.yaml: no faults\n" == done.stderr
    assert (2, "") == (wrong.returncode, wrong.stdout)
    assert "--set x: unknown key 'x'" in wrong.stderr

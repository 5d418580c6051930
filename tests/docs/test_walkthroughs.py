"""Pages that show commands show what those print."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.walkthrough import play, read_fences
from tests.root import ROOT

_PAGES = [
    page
    for page in sorted((ROOT / "docs").rglob("*.md"))
    if any(fence.language == "console" for fence in read_fences(page))
]


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    """Every command of a page, played in order, prints what the page shows below it."""
    play(page, tmp_path)


def test_tutorial_and_plugins_are_played() -> None:
    """The tutorial and the guide to plugins are among the pages that are played."""
    assert {"tutorial.md", "plugins.md"} <= {page.name for page in _PAGES}


@pytest.mark.parametrize(
    "shown", ["one\ntwo\n", "one\n…\nthree 0.20 s\n", "one\ntwo\nfour 0.25 s\n"]
)
def test_wrong_page_is_found(shown: str, tmp_path: Path) -> None:
    """A page that leaves out a line or shows another word is wrong."""
    page = tmp_path / "page.md"
    command = "$ printf 'one\\ntwo\\nthree 0.25 s\\nend\\n'"
    page.write_text(f"```console\n{command}\n{shown}```\n", "utf-8")

    with pytest.raises(AssertionError, match="--- found"):
        play(page, tmp_path)


def test_left_out_lines_and_times_may_differ(tmp_path: Path) -> None:
    """`…` stands for lines or characters, and decimals may differ."""
    page = tmp_path / "page.md"
    command = "$ printf 'one\\ntwo\\nthree 0.25 s\\nend\\n'"
    page.write_text(f"```console\n{command}\no…\n…\nthree 1.50 s\n…\n```\n", "utf-8")

    play(page, tmp_path)

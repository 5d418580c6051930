"""The checks of sources: each is failed by a source made to fail it, and passed by a good one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.core.testing import bad_sources as bad

from copydesk.testing import SOURCE_CHECKS, CheckError, SourceBench, check_source, source_checks

CHECKS = {check.name: check for check in SOURCE_CHECKS}
BAD: list[tuple[str, Any, str]] = [
    ("lists_items", bad.Empty, "it lists no item, but 1 other things"),
    ("gives_each_a_key", bad.Twice, "2 things have the key 'a.txt'"),
    ("gives_each_a_key", bad.Absolute, "holds the path of the root"),
    ("describes_what_it_lists", bad.Vague, "'a.txt' has the media type 'text'"),
    ("lists_the_same_again", bad.Unsorted, "instead of Item("),
    ("can_be_left_halfway", bad.Halfway, "the next one is another"),
    ("reads_what_it_lists", bad.Text, "'a.txt': it is a str, not bytes"),
    ("reads_the_same_again", bad.Draining, "the second time"),
    ("tells_what_is_missing", bad.Frank, "it raised FileNotFoundError"),
    ("tells_a_missing_place", bad.Trusting, "it lists 0 things, and says nothing"),
    ("changes_nothing", bad.Untidy, ".note was made or removed"),
    ("closes", bad.Clinging, "close() raised RuntimeError: not yet"),
]


@pytest.fixture
def options(tmp_path: Path) -> bad.Options:
    """Return the options of a folder with a few articles."""
    for name in "abcdefgh":
        (tmp_path / f"{name}.txt").write_text(f"Article {name}")
    return bad.Options(tmp_path)


@pytest.mark.parametrize(("name", "build", "words"), BAD)
def test_bad_source(name: str, build: Any, words: str, options: bad.Options) -> None:
    """A source that does one thing wrong fails the check of it, which says what and what to do."""
    with pytest.raises(CheckError) as failure:
        CHECKS[name](SourceBench(bad.spec(build), options))

    assert words in str(failure.value)
    assert f"to do: {CHECKS[name].advice}" in str(failure.value)


def test_good_source(options: bad.Options) -> None:
    """A source done well passes all checks, at once and one by one."""
    check_source(bad.spec(bad.Good), options)
    for check in source_checks(bad.spec(bad.Good), options):
        check()

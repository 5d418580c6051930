"""Planning over a source that fails to list."""

from __future__ import annotations

import pytest

from copydesk.testing import Desk

SOURCE = """
from attrs import frozen
from copydesk.api import Item, SourceSpec, hookimpl

@frozen
class Options:
    \"\"\"None.\"\"\"

class Source:
    def items(self):
        yield Item("a.txt", payload=b"one")
        raise {error}

@hookimpl
def copydesk_sources():
    return [SourceSpec("mine.leaving", Options, lambda options: Source())]
"""


@pytest.mark.parametrize("error", ["SystemExit(0)", "ValueError('no more')"])
def test_source_that_leaves(desk: Desk, error: str) -> None:
    """A source that raises while it lists, even to exit, ends the run with its name and code 2."""
    desk.write("mine.py", SOURCE.format(error=error))
    desk.write_chain("encoding.chardet", source={"use": "mine.leaving"}, plugins=["./mine.py"])
    done = desk.copydesk("run", "chain.yaml")

    assert 2 == done.returncode
    assert "the source 'mine.leaving' cannot list what it has: " in done.stderr
    assert error.partition("(")[0] in done.stderr

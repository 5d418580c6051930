"""Tests of printing a chain after it was put together."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.config.samples import CHAIN, ORIGIN, PLACE, write_chain

from copydesk.config.composition import Overrides, compose
from copydesk.config.node import Entry, Listing, Node, Scalar, Table, plain
from copydesk.config.reader import parse
from copydesk.config.resolved import write_resolved

ODD = [
    "no", "true", "~", "", "1e3", "0o17", "- a", "a: b", "a #b", "---", "'x'", 'a "b" c', "{x}",
    "document.text == 'a'", "http://a.b/c?d", "*.txt", " a", "a ", "é", "文", ".nan", "1_0",
]  # fmt: skip
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(ODD),
)
values = st.one_of(
    texts, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.just(math.inf)
)
trees = st.recursive(
    values,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


def make(value: Any) -> Node:
    """Return a node that holds a value."""
    if isinstance(value, list):
        return Listing(tuple(make(item) for item in value), PLACE)
    if isinstance(value, dict):
        entries = (Entry(Scalar(key, PLACE), make(below)) for key, below in value.items())
        return Table(tuple(entries), PLACE)
    return Scalar(value, PLACE)


@given(st.dictionaries(texts, trees, min_size=1, max_size=5))
def test_what_is_written_reads_the_same(value: dict[str, Any]) -> None:
    """Whatever a chain holds, reading what was written gives it again."""
    root = make(value)
    assert isinstance(root, Table)
    written = write_resolved(root)
    read = parse(written, ORIGIN, [])

    assert read is not None, written
    assert value == plain(read)


def test_values_tell_where_they_are_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value has a comment with its file and line, and what else put it there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_OUT", "news.db")
    write_chain(Path(), CHAIN)
    Path("top.yaml").write_text(
        "include: chain.yaml\n"
        "store: {options: {path: '${COPYDESK_OUT}'}}\n"
        "profiles:\n"
        "  quick:\n"
        "    timeout_seconds: ${NONE:-5}\n"
        "    change: [{remove: names}]\n",
        encoding="utf-8",
    )
    overrides = Overrides("quick", ("chain.identify.when=document.size > 5",))
    root = compose(Path("top.yaml"), overrides).root
    assert root is not None

    assert """\
copydesk: 1                                    # chain.yaml:1
source:
  use: folder                                  # chain.yaml:3
  options:
    path: articles                             # chain.yaml:4
chain:
  - encoding.chardet                           # chain.yaml:6
  - use: boilerplate.lines                     # chain.yaml:7
    when: document.media_type == "text/plain"  # chain.yaml:8
    options:
      min_length: 40                           # chain.yaml:10
      labels: [PERSON]                         # chain.yaml:11
  - use: language.identify                     # chain.yaml:12
    when: document.size > 5                    # --set chain.identify.when
store:
  use: sqlite                                  # chain.yaml:16
  options:
    path: news.db                              # top.yaml:2, environment ${COPYDESK_OUT}
timeout_seconds: 5                             # top.yaml:5, profile quick, default of ${NONE}
""" == write_resolved(root)

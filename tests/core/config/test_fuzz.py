"""Tests that no edit of a chain, however wild, brings a traceback."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.core.config.samples import CHAIN, make_registry, write_chain

from copydesk.config.composition import Overrides
from copydesk.config.load import check, find_profiles, select_plugins
from copydesk.fault import Fault

REGISTRY = make_registry()

PIECES = [
    *"{}[]:,-?!|>&*%@`'\"#~ \t\n\r\0\ufeff\x85\u2028é😀\udc80",
    ": ", "- ", "\n  ", "---\n", "...\n", "<<: ", "&a ", "*a", "!!int ", "${X}", "\\u12", "\\",
    "null", "true", "no", "1e3", "0o17", ".inf", "9" * 5000, "[" * 100, "{a: " * 70,
    "use", "when", "options", "chain", "document.", "==", "&& ", "copydesk: 1\n", "label: x\n",
    "plugins: [mine.py]\n", "tests: []\n", "executor: local\n", "encoding.chardet", "''", '""',
    "include: chain.yaml\n", "include: [a.yaml]\n", "change: [{remove: lines}]\n", "first: [",
    "change:\n  - {insert: x, before: names}\n", "profiles: {a: {timeout_seconds: 1}}\n", "${PATH}",
    "${X:-1}", "options_by_language: {de: {}}\n    ", "{remove: ", "$${",
    "%YAML 1.2\n---\n", "? ", "|\n", ">-\n", '"\\ud800"', '"\\U00110000"', "[x]: y\n",
]  # fmt: skip

OVERLAY = """\
include: chain.yaml
change:
  - {replace: lines, with: {use: boilerplate.lines, options: {min_length: "${X:-7}"}}}
  - {insert: {first: [boilerplate.lines, entities.names], label: b}, after: identify}
  - {options: {min_length: 9}, of: lines}
  - remove: names
profiles:
  fast: {timeout_seconds: 5, change: [{remove: b}]}
store: {options: {path: other.db}}
"""

PATHS = ["chain", "lines", "options", "min_length", "source", "path", "when", "x", "first", "tests"]

edits = st.lists(
    st.tuples(
        st.integers(0, len(CHAIN)),
        st.integers(0, 30),
        st.one_of(st.sampled_from(PIECES), st.text(max_size=8)),
    ),
    min_size=1,
    max_size=4,
)


def edit(text: str, changes: list[tuple[int, int, str]]) -> str:
    """Return a text with stretches of it replaced."""
    for start, length, new in changes:
        text = text[:start] + new + text[start + length :]
    return text


def is_inside(fault: Fault) -> bool:
    """Return whether a fault stands at a character of its file, or right behind a line."""
    content = Path(fault.place.origin.name).read_bytes().decode("utf-8", "replace")
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line, column = fault.place.line, fault.place.column
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
@example([(0, len(CHAIN), "")])
@example([(0, len(CHAIN), "{")])
def test_edited_chains(changes: list[tuple[int, int, str]]) -> None:
    """Whatever is edited into a chain, each fault has its place inside the file."""
    with TemporaryDirectory() as name:
        path = write_chain(Path(name), edit(CHAIN, changes))
        select_plugins(path)
        faults = check(path, REGISTRY)
        for profile in find_profiles(path):
            check(path, REGISTRY, overrides=Overrides(profile))
        for fault in faults:
            assert str(path) == fault.place.origin.name
            assert is_inside(fault)
            assert "; " in fault.message or "must be" in fault.message
            assert "\n" not in str(fault)


@settings(max_examples=700, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
def test_edited_overlays(changes: list[tuple[int, int, str]]) -> None:
    """Whatever is edited into what lies on top, each fault is in one of the two files."""
    with TemporaryDirectory() as name:
        base = write_chain(Path(name))
        path = Path(name) / "top.yaml"
        path.write_bytes(edit(OVERLAY, changes).encode("utf-8", "surrogateescape"))
        for profile in (None, *find_profiles(path)):
            for fault in check(path, REGISTRY, overrides=Overrides(profile)):
                assert fault.place.origin.name in {str(path), str(base)}
                assert is_inside(fault)
                assert "; " in fault.message or "must be" in fault.message


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.tuples(
                st.lists(st.sampled_from(PATHS), min_size=1, max_size=5).map(".".join),
                st.one_of(st.sampled_from(PIECES), st.text(max_size=8)),
            ).map("=".join),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_settings(settings: list[str]) -> None:
    """Whatever is set, each fault is told at a setting or in the file."""
    with TemporaryDirectory() as name:
        path = write_chain(Path(name))
        faults = check(path, REGISTRY, overrides=Overrides(settings=tuple(settings)))

    for fault in faults:
        is_set = fault.place.origin.name.startswith("--set ")
        assert is_set or str(path) == fault.place.origin.name


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """Whatever a file holds, it is a chain or has faults."""
    with TemporaryDirectory() as name:
        path = Path(name) / "chain.yaml"
        path.write_bytes(content)

        assert check(path, REGISTRY)

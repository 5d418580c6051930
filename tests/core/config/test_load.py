"""Tests of loading a chain."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.core.config.samples import (
    CHAIN,
    FolderOptions,
    LinesOptions,
    SqliteOptions,
    make_registry,
    write_chain,
)

from copydesk.config.cases import cases_of
from copydesk.config.load import check, load, select_plugins
from copydesk.errors import ConfigError
from copydesk.registry import Problem
from copydesk.spec import NoOptions

REGISTRY = make_registry()


def tell(path: Path, **paths: Any) -> list[str]:
    """Return the faults of a chain without the path of its file."""
    faults = check(path, REGISTRY, **paths)
    return [str(fault).replace(f"{path.parent}/", "") for fault in faults]


def test_sample(tmp_path: Path) -> None:
    """A chain becomes typed values, with defaults for what it leaves out."""
    path = write_chain(tmp_path)
    config = load(path, REGISTRY)
    decode, clean, identify, names = config.chain

    assert path == config.path
    assert FolderOptions(tmp_path / "articles") == config.source.options
    assert SqliteOptions(tmp_path / "out.db") == config.store.options
    assert "local" == config.executor.use
    assert ("chardet", "lines", "identify", "names") == tuple(s.label for s in config.chain)
    assert LinesOptions(min_length=40, labels=("PERSON",)) == clean.options
    assert 'document.media_type == "text/plain"' == clean.when
    assert (None, "quarantine", None) == (decode.when, decode.on_error, decode.timeout_seconds)
    assert ("skip", 20.0) == (names.on_error, names.timeout_seconds)
    assert NoOptions() == identify.options
    assert REGISTRY.offer("step", "language.identify") == identify.offer
    assert (60.0, (), ()) == (config.timeout_seconds, config.plugins, config.warnings)


def test_places(tmp_path: Path) -> None:
    """Every choice knows where the file names it."""
    config = load(write_chain(tmp_path), REGISTRY)
    places = [config.source.place, *(step.place for step in config.chain), config.store.place]

    assert ["3:8", "6:5", "7:10", "12:5", "13:10", "16:14"] == [
        f"{place.line}:{place.column}" for place in places
    ]


def test_paths_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths from the command line stand in for those of the file, relative to where one is."""
    here = tmp_path / "here"
    (here / "new").mkdir(parents=True)
    monkeypatch.chdir(here)
    bare = CHAIN.replace("  options: {path: articles}\n", "")
    bare = bare.replace("{use: sqlite, options: {path: out.db}}", "sqlite")
    path = write_chain(tmp_path, bare)
    config = load(path, REGISTRY, source_path=Path("new"), store_path=Path("new.db"))

    assert FolderOptions(Path("new")) == config.source.options
    assert SqliteOptions(Path("new.db")) == config.store.options
    assert [
        (
            "chain.yaml:3:8: the option 'path' of folder is missing; "
            "add it: a path, the folder to read"
        ),
        (
            "chain.yaml:15:8: the option 'path' of sqlite is missing; "
            "add it: a path, the database file"
        ),
    ] == tell(path)


def test_paths_of_the_command_line_win(tmp_path: Path) -> None:
    """A path that the command line replaces need not exist."""
    path = write_chain(tmp_path, CHAIN.replace("articles", "nowhere"))

    assert [] == tell(path, source_path=tmp_path)
    assert tmp_path == load(path, REGISTRY, source_path=tmp_path).source.options.path


def test_paths_that_do_not_exist(tmp_path: Path) -> None:
    """A path of the source that does not exist is told, and the one that was meant."""
    path = write_chain(tmp_path, CHAIN.replace("articles}", "article}"))

    assert ["chain.yaml:4:19: 'article' does not exist; did you mean 'articles'?"] == tell(path)
    assert ["the command line: 'new' does not exist; create it, or check the path"] == tell(
        path, source_path=tmp_path / "new"
    )
    deep = write_chain(tmp_path, CHAIN.replace("articles}", "a/b}"))
    assert [
        (
            "chain.yaml:4:19: 'a/b' does not exist; "
            "create it, or check the path; there is no 'a' either"
        )
    ] == tell(deep)


def test_sources_without_a_path(tmp_path: Path) -> None:
    """A path of the command line is refused where there is nothing to replace."""
    path = write_chain(tmp_path, CHAIN.replace("executor", "x"))
    registry = make_registry()
    offer = registry.offer("store", "sqlite")
    registry._offers["store", "sqlite"] = [
        evolve(offer, spec=evolve(offer.spec, options=NoOptions))
    ]
    faults = check(path, registry, store_path=Path("x.db"))

    assert "the command line: the store 'sqlite' has no option 'path'; remove 'x.db'" in [
        str(fault) for fault in faults
    ]


def test_all_faults_are_told_in_order(tmp_path: Path) -> None:
    """Loading tells every fault of a file at once, by line, and keeps the values."""
    text = CHAIN.replace("min_length: 40", "min_lenght: 40").replace("use: folder", "use: foldr")
    text = text.replace("on_error: skip", "on_error: sip").replace("copydesk: 1", "copydesk: 2")
    path = write_chain(tmp_path, text)
    expected = [
        "chain.yaml:1:11: copydesk: found the number 2; give 1",
        "chain.yaml:3:8: no source named 'foldr'; did you mean 'folder'?",
        (
            "chain.yaml:10:7: unknown option 'min_lenght' of boilerplate.lines; "
            "did you mean 'min_length'?"
        ),
        "chain.yaml:14:15: on_error: found 'sip'; did you mean 'skip'?",
    ]

    assert expected == tell(path)
    with pytest.raises(ConfigError) as raised:
        load(path, REGISTRY)
    assert "\n".join(expected) == str(raised.value).replace(f"{tmp_path}/", "")
    assert 4 == len(raised.value.faults)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- copydesk", "1:1: found a list; begin the file with 'copydesk: 1'"),
        ("copydesk", "1:1: found 'copydesk'; begin the file with 'copydesk: 1'"),
    ],
)
def test_files_that_are_no_chain(text: str, message: str, tmp_path: Path) -> None:
    """A file that is not a mapping is told what a chain begins with."""
    assert [f"chain.yaml:{message}"] == tell(write_chain(tmp_path, text))


def test_missing_keys(tmp_path: Path) -> None:
    """What a chain cannot do without is told, with what it is."""
    assert [
        "the key 'chain' is missing",
        "the key 'copydesk' is missing",
        "the key 'source' is missing",
        "the key 'store' is missing",
    ] == sorted(fault.split(": ")[1].split(";")[0] for fault in tell(write_chain(tmp_path, "{}")))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- language.identify", "- 3", "12:5: found the number 3; give the name of a step, or a"),
        ("- language.identify", "- [x]", "12:5: found a list; give the name of a step, or a map"),
        ("- language.identify", "-", "12:4: found nothing; give the name of a step, or a"),
        ("- language.identify", "- {on_error: skip}", "12:5: the key 'use' of step is missing; "),
        ("options: {path: articles}", "options: x", "4:12: options: found 'x'; give a mapping"),
        ("options: {path: articles}", "options:", "3:8: the option 'path' of folder is missing"),
        ("timeout_seconds: 20", "timeout_seconds: 0", "15:22: 'timeout_seconds' must be > 0: 0"),
        ("on_error: skip", "label: a b", "14:12: 'label' must match regex '[\\\\w-]+'"),
        ("on_error: skip", "when: 3", '14:11: when: found the number 3; give text, quoted: "3"'),
        ("chain:", "plugins: [./mine.py]\nchain:", "5:11: 'mine.py' does not exist; create it"),
        ("chain:", "tests: 3\nchain:", "5:8: tests: found the number 3; give a list of"),
    ],
)
def test_shapes(old: str, new: str, message: str, tmp_path: Path) -> None:
    """A key with something else than it takes is told at its value."""
    faults = tell(write_chain(tmp_path, CHAIN.replace(old, new)))

    assert [message] == [fault.removeprefix("chain.yaml:")[: len(message)] for fault in faults]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            'document.language.cod == "zh"',
            (
                "8:11: when: unknown field 'document.language.cod'; "
                "did you mean 'document.language.code'?"
            ),
        ),
        (
            "'document.text == 3'",
            "8:26: when: '==' does not take string and int; give it things of one type",
        ),
        (
            '"document.uri == \\"a\\" and true"',
            "8:34: when: mismatched input 'and'; write && for 'and'",
        ),
    ],
)
def test_conditions(written: str, message: str, tmp_path: Path) -> None:
    """A fault in a condition is told at its character of the file."""
    text = CHAIN.replace('document.media_type == "text/plain"', written)

    assert [f"chain.yaml:{message}"] == tell(write_chain(tmp_path, text))


def test_unknown_steps_hide_no_needs(tmp_path: Path) -> None:
    """No step is said to miss what a step that is not installed may give."""
    text = CHAIN.replace("encoding.chardet", "encoding.chradet")

    assert [
        "chain.yaml:6:5: no step named 'encoding.chradet'; did you mean 'encoding.chardet'?"
    ] == tell(write_chain(tmp_path, text))


def test_steps_above_unknown_ones_are_checked(tmp_path: Path) -> None:
    """What is missing before the first step that is not installed is told with it."""
    text = CHAIN.replace("  - encoding.chardet\n", "").replace("entities.names", "entities.name")

    assert [
        (
            "chain.yaml:6:10: 'lines' needs 'text', which no step before it gives; "
            "put encoding.chardet above it"
        ),
        "chain.yaml:12:10: no step named 'entities.name'; did you mean 'entities.names'?",
    ] == tell(write_chain(tmp_path, text))


def test_warnings_stop_nothing(tmp_path: Path) -> None:
    """A chain with warnings is loaded, and has them with it."""
    path = write_chain(tmp_path, CHAIN.replace("min_length: 40", "min_size: 40"))
    config = load(path, REGISTRY)

    assert 40 == config.chain[1].options.min_size
    assert ["min_size is deprecated; use min_length"] == [f.message for f in config.warnings]
    assert ["chain.yaml:10:7: warning: min_size is deprecated; use min_length"] == tell(path)


def test_tests_are_read_by_who_needs_them(tmp_path: Path) -> None:
    """A mistake in a test stops no run; who runs or checks the tests is told."""
    tests = "tests:\n  - {text: a, expect: {langauge.code: de}}\n"
    path = write_chain(tmp_path, CHAIN + tests)
    config = load(path, REGISTRY)
    expected = "chain.yaml:18:24: unknown field 'langauge'; did you mean 'language'?"

    assert 1 == len(config.tests)
    assert [expected] == tell(path)
    with pytest.raises(ConfigError, match=re.escape(expected)):
        cases_of(config)


def test_select_plugins(tmp_path: Path) -> None:
    """The files that offer plugins are known before the chain is loaded."""
    mine = tmp_path / "mine.py"
    mine.touch()
    path = write_chain(tmp_path, f"{CHAIN}plugins: [./mine.py, ./other.py]\n")

    assert (mine,) == select_plugins(path).files


@pytest.mark.parametrize("text", ["", "- x", "plugins: x", "plugins: [3]", "a: ["])
def test_select_plugins_of_broken_chains(text: str, tmp_path: Path) -> None:
    """A chain with faults lists no plugins; loading it tells why."""
    assert () == select_plugins(write_chain(tmp_path, text)).files


def test_plugins_that_cannot_be_used(tmp_path: Path) -> None:
    """A name that two plugins offer, or that a broken one may, is told with those plugins."""
    registry = make_registry()
    offers = registry._offers["step", "entities.names"]
    offers.append(evolve(offers[0], plugin="other", module="other"))
    registry.problems.append(Problem("broken", "broken", "no module named 'x'", ()))
    path = write_chain(tmp_path, CHAIN.replace("encoding.chardet", "zip"))

    assert [
        (
            "no step named 'zip'; it may belong to a plugin that could not be loaded: "
            "broken (no module named 'x')"
        ),
        (
            "two plugins offer the step 'entities.names': sample (sample) and other (other); "
            "uninstall one, or block it"
        ),
    ] == [fault.message for fault in check(path, registry)]

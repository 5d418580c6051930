"""Tests of loading steps: those that are tried one after another, and options by language."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.config.samples import CHAIN, LinesOptions, make_registry, no_build, write_chain

from copydesk.config import Config, group
from copydesk.config.load import check, load
from copydesk.spec import NoOptions, StepSpec

REGISTRY = make_registry(
    StepSpec("page.rich", NoOptions, no_build, gives=("text", "metadata")),
    StepSpec("page.plain", NoOptions, no_build, gives=("text",)),
    StepSpec("titles", NoOptions, no_build, needs=("metadata",)),
)
FIRST = """\
  - first:
      - page.rich
      - {use: page.plain, when: document.size > 5, timeout_seconds: 3}
    label: article
    when: document.media_type == "text/html"
    timeout_seconds: 9
    on_error: drop
"""
LANGUAGES = """\
  - use: boilerplate.lines
    label: by
    options: {min_length: 40, names: {a: x}}
    options_by_language:
      zh: {min_length: 10}
      pt-BR: {names: {b: y}}
      de: {}
"""


def make(step: str, folder: Path) -> Path:
    """Write the sample chain with a step after its third."""
    return write_chain(
        folder, CHAIN.replace("  - language.identify\n", f"  - language.identify\n{step}")
    )


def load_with(step: str, folder: Path) -> Config:
    """Return the sample chain with a step after its third."""
    return load(make(step, folder), REGISTRY)


def tell(step: str, folder: Path) -> list[str]:
    """Return the faults of the sample chain with a step that begins in line 13."""
    faults = check(make(step, folder), REGISTRY)
    return [str(fault).replace(f"{folder}/chain.yaml:", "") for fault in faults]


def test_first(tmp_path: Path) -> None:
    """The steps of a `first` are steps of the chain, with what the whole says of each."""
    chain = load_with(FIRST, tmp_path).chain
    rich, plain = chain[3:5]
    html = 'document.media_type == "text/html"'

    assert ["chardet", "lines", "identify", "rich", "plain", "names"] == [s.label for s in chain]
    assert (html, f"({html}) && (document.size > 5)") == (rich.when, plain.when)
    assert (9.0, 3.0) == (rich.timeout_seconds, plain.timeout_seconds)
    assert ("drop", "drop") == (rich.on_error, plain.on_error)
    assert rich.first is not None
    assert rich.first == plain.first
    assert "article" == rich.first.label
    assert [1, 1, 1, 2, 1] == [len(members) for members in group(chain)]


def test_comments_in_conditions(tmp_path: Path) -> None:
    """A comment in the condition of a `first` does not swallow those inside."""
    step = FIRST.replace('document.media_type == "text/html"', "'true // always'")
    plain = load_with(step, tmp_path).chain[4]

    assert "(true // always\n) && (document.size > 5)" == plain.when


def test_label_of_first(tmp_path: Path) -> None:
    """A `first` without a label is called so."""
    rich = load_with(FIRST.replace("    label: article\n", ""), tmp_path).chain[3]

    assert rich.first is not None
    assert "first" == rich.first.label


@pytest.mark.parametrize(
    ("step", "messages"),
    [
        (FIRST.replace("page.rich", "page.rch"),
         ["14:9: no step named 'page.rch'; did you mean 'page.rich'?"]),
        (FIRST.replace("size > 5", "siz > 5"),
         ["15:33: when: unknown field 'document.siz'; did you mean 'document.size'?"]),
        (FIRST.replace("media_type ==", "mediatype =="),
         ["17:11: when: unknown field 'document.mediatype'; did you mean 'document.media_type'?"]),
        (FIRST.replace("timeout_seconds: 3", "on_error: skip"),
         [("15:52: unknown key 'on_error' of step; the keys are label, options, "
           "options_by_language, timeout_seconds, use, when")]),
        (FIRST.replace("label: article", "use: page.rich"),
         [("16:5: unknown key 'use' of 'first'; "
           "the keys are first, label, on_error, timeout_seconds, when")]),
        (FIRST.replace("label: article", "label: names"),
         [("20:10: the label 'names' is taken by the step in line 13; "
           "give this one a 'label' of its own")]),
        ("  - first: [page.rich]\n", ["13:12: first: Length of 'first' must be >= 2: 1"]),
        ("  - first: page.rich\n",
         ["13:12: first: found 'page.rich'; give a list of mappings: [page.rich]"]),
        ("  - first: [page.rich, {first: [page.plain, titles]}]\n",
         ["13:24: a 'first' inside a 'first'; list its steps in the one around it"]),
        ("  - first: [page.rich, 3]\n",
         ["13:24: found the number 3; give the name of a step, or a mapping with 'use'"]),
        (FIRST + "  - titles\n",
         [("20:5: 'titles' needs 'metadata', which no step before it gives; "
           "put page.rich above it")]),
        (FIRST.replace("page.rich", "titles"),
         [("14:9: 'titles' needs 'metadata', which no step before it gives; "
           "put page.rich above it")]),
    ],
)  # fmt: skip
def test_faults_of_first(step: str, messages: list[str], tmp_path: Path) -> None:
    """A mistake in a `first`, or in one of its steps, is told where it is."""
    assert messages == tell(step, tmp_path)


def test_what_every_member_gives(tmp_path: Path) -> None:
    """What all steps of a `first` give is there for those that come after it."""
    assert [] == tell(
        "  - first: [page.rich, {use: page.rich, label: again}]\n  - titles\n", tmp_path
    )


def test_options_by_language(tmp_path: Path) -> None:
    """Options of a language are laid over those for all, and mappings among them are joined."""
    step = load_with(LANGUAGES, tmp_path).chain[3]

    assert LinesOptions(min_length=40, names={"a": "x"}) == step.options
    assert {
        "zh": LinesOptions(min_length=10, names={"a": "x"}),
        "pt-BR": LinesOptions(min_length=40, names={"a": "x", "b": "y"}),
        "de": LinesOptions(min_length=40, names={"a": "x"}),
    } == step.by_language


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("zh: {min_length: 10}", "zh: {min_length: 4}", "17:24: 'min_length' must be >= 5: 4"),
        ("zh: {min_length: 10}", "zh: {min_lenght: 4}",
         ("17:12: unknown option 'min_lenght' of boilerplate.lines; "
          "did you mean 'min_length'?")),
        ("zh: {", "Chinese: {", ("17:7: 'Chinese' is no code of a language; "
                                 "write it like de or zh-Hant")),
        ("zh: {min_length: 10}", "zh: 10",
         "17:11: options_by_language.zh: found the number 10; give a mapping"),
        ("options_by_language:\n", "options_by_language: []\n    when:\n",
         "16:26: options_by_language: found a list; give a mapping to mappings"),
    ],
)  # fmt: skip
def test_faults_of_options_by_language(old: str, new: str, message: str, tmp_path: Path) -> None:
    """Options of a language are held to the same rules."""
    assert message in tell(LANGUAGES.replace(old, new), tmp_path)[0]


def test_options_by_language_need_one(tmp_path: Path) -> None:
    """Options by language before any step gives a language are told."""
    text = CHAIN.replace("      labels: [PERSON]\n", "    options_by_language: {de: {}}\n")
    faults = check(write_chain(tmp_path, text), REGISTRY)

    assert [
        (
            "7:10: 'lines' has options by language, which no step before it gives; "
            "move 'identify' of line 12 above it"
        )
    ] == [str(fault).replace(f"{tmp_path}/chain.yaml:", "") for fault in faults]

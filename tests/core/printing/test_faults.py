"""Tests of the forms in which faults are told."""

from __future__ import annotations

import json
from pathlib import Path

from copydesk.fault import Fault, Origin, Place
from copydesk.printing.faults import FORMATS, write_faults

ORIGIN = Origin("a, b.yaml", Path())
FAULTS = [
    Fault(Place(ORIGIN, 3, 7), "found 5%; give é"),
    Fault(Place(ORIGIN), "old; use new", severity="warning"),
]


def test_text() -> None:
    """People get a line for each fault."""
    assert "a, b.yaml:3:7: found 5%; give é\na, b.yaml: warning: old; use new" == write_faults(
        FAULTS, "text"
    )


def test_colour() -> None:
    """On a terminal errors are red and warnings yellow, and say so without colour too."""
    error, warning = write_faults(FAULTS, "text", is_coloured=True).splitlines()

    assert "\x1b[1ma, b.yaml:3:7:\x1b[0m \x1b[31merror:\x1b[0m found 5%; give é" == error
    assert "\x1b[1ma, b.yaml:\x1b[0m \x1b[33mwarning:\x1b[0m old; use new" == warning


def test_json() -> None:
    """Programs get a list of objects."""
    assert [
        {
            "file": "a, b.yaml",
            "line": 3,
            "column": 7,
            "severity": "error",
            "message": "found 5%; give é",
        },
        {
            "file": "a, b.yaml",
            "line": 0,
            "column": 0,
            "severity": "warning",
            "message": "old; use new",
        },
    ] == json.loads(write_faults(FAULTS, "json"))


def test_github() -> None:
    """GitHub gets its workflow commands, with what they reserve escaped."""
    assert [
        "::error file=a%2C b.yaml,line=3,col=7::found 5%25; give é",
        "::warning file=a%2C b.yaml::old; use new",
    ] == write_faults(FAULTS, "github").splitlines()


def test_options_are_no_files() -> None:
    """An annotation of what stands on the command line names no file."""
    fault = Fault(Place(Origin("--set a.b", Path())), "unknown key 'a'; remove it")

    assert "::error::--set a.b: unknown key 'a'; remove it" == write_faults([fault], "github")


def test_no_faults() -> None:
    """Without faults there is nothing to tell, and JSON is still JSON."""
    assert ["", "[]", ""] == [write_faults([], form) for form in FORMATS]

"""Tests of faults and the error that carries them."""

from __future__ import annotations

import pickle
from pathlib import Path

from copydesk.errors import ConfigError
from copydesk.fault import Fault, Origin, Place

ORIGIN = Origin("news.yaml", Path())


def test_text() -> None:
    """A fault is told as editors and compilers do."""
    fault = Fault(Place(ORIGIN, 3, 7), "found x; give y")

    assert "news.yaml:3:7: found x; give y" == str(fault)


def test_fault_of_a_whole_file() -> None:
    """A fault without a line names the file."""
    assert "news.yaml: it is gone" == str(Fault(Place(ORIGIN), "it is gone"))


def test_warnings_say_so() -> None:
    """A warning is marked as one."""
    fault = Fault(Place(ORIGIN, 3, 7), "old; use new", severity="warning")

    assert "news.yaml:3:7: warning: old; use new" == str(fault)


def test_messages_are_printable() -> None:
    """A message is one line that leaves a terminal alone."""
    fault = Fault(Place(ORIGIN), "a\nb \x1b[2J \udc80 é")

    assert "a b \\x1b[2J \\udc80 é" == fault.message


def test_error_carries_all_faults() -> None:
    """The error of a config lists each fault on a line, also after a journey between processes."""
    faults = [Fault(Place(ORIGIN, line, 1), "x; y") for line in (1, 2)]
    error = pickle.loads(pickle.dumps(ConfigError(faults)))

    assert tuple(faults) == error.faults
    assert "news.yaml:1:1: x; y\nnews.yaml:2:1: x; y" == str(error)

"""The log of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.ledger import Outcome, Run
from copydesk.runs import log as log_module
from copydesk.runs.log import DocumentLog, _File, describe

GOOD = Outcome("caf\u00e9.txt", "done", seconds=(("chardet", 0.00123456789), ("names", 1.0)))
BAD = Outcome("b.txt", "quarantined", step="names", reason='two\nlines and "quotes"')


def started(path: Path, *, most: int = 10**6) -> DocumentLog:
    """Return the log of run 7 in a file."""
    log = DocumentLog([_File(path, maxBytes=most, backupCount=2, encoding="utf-8", delay=True)])
    log.copydesk_run_started(Run("now", "c.yaml", "in", "f", number=7))
    return log


def test_line_tells_what_became_of_a_document() -> None:
    """A line has time, run, key, outcome, step, reason and the seconds by step."""
    line = json.loads(describe(GOOD, 7))

    assert line.pop("time").endswith("+00:00")
    assert {
        "run": 7,
        "key": "café.txt",
        "outcome": "done",
        "step": "",
        "reason": "",
        "seconds": {"chardet": 0.001235, "names": 1.0},
    } == line


def test_each_document_is_one_line(tmp_path: Path) -> None:
    """Good and bad documents are a line each, whatever their reasons hold, in UTF-8."""
    log = started(tmp_path / "log")
    log.copydesk_document_finished(GOOD)
    log.copydesk_document_failed(BAD)
    log.close()

    lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()

    assert ["café.txt", "b.txt"] == [json.loads(line)["key"] for line in lines]
    assert BAD.reason == json.loads(lines[1])["reason"]


def test_lines_are_added_to_those_of_earlier_runs(tmp_path: Path) -> None:
    """A log is never begun anew."""
    for _ in range(2):
        log = started(tmp_path / "log")
        log.copydesk_document_finished(GOOD)
        log.close()

    assert 2 == len((tmp_path / "log").read_text().splitlines())


def test_full_file_gets_a_number(tmp_path: Path) -> None:
    """A file that would grow too large is put aside; no line is lost until three files are full."""
    log = started(tmp_path / "log", most=45_000)
    for number in range(1000):
        log.copydesk_document_finished(Outcome(f"{number}", "done"))
    log.close()

    files = sorted(tmp_path.iterdir(), reverse=True)
    lines = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    assert ["log.2", "log.1", "log"] == [file.name for file in files]
    assert [f"{number}" for number in range(1000)] == [line["key"] for line in lines]
    assert all(file.stat().st_size <= 45_000 for file in files)


def test_log_that_cannot_be_written_ends_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One warning is told, the other handlers go on, and nothing is raised."""
    good = started(tmp_path / "log")
    lost = _File(tmp_path / "gone" / "log", delay=True)
    log = DocumentLog([lost, *good._handlers])
    for _ in range(200):
        log.copydesk_document_finished(GOOD)
    log.close()

    assert 1 == capsys.readouterr().err.count("the log ends here")
    assert 200 == len((tmp_path / "log").read_text().splitlines())


def test_slow_documents_are_not_held_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that come seconds apart are written as they come."""
    monkeypatch.setattr(log_module, "_SECONDS", -1.0)
    log = started(tmp_path / "log")

    log.copydesk_document_finished(GOOD)

    assert 1 == len((tmp_path / "log").read_text().splitlines())
    log.close()

"""Writes what became of each document as a line of JSON: for programs, and for looking back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from logging import Handler, LogRecord, StreamHandler
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import monotonic
from typing import TextIO

import msgspec
from attrs import define, field

from copydesk.config import Config
from copydesk.hookspecs import hookimpl
from copydesk.ledger import Outcome, Run

_MOST_BYTES = 20_000_000  # of a file; then it gets a number, and a new one begins
_KEPT = 5  # files with a number
_LINES = 64  # written at once, as each write costs more than making a line
_SECONDS = 0.5  # that lines are held back where documents are slow

_encode = msgspec.json.Encoder().encode


class _File(RotatingFileHandler):
    """A file that lets its owner hear of errors."""

    def handleError(self, record: LogRecord) -> None:  # noqa: ARG002, N802 - logging's name
        """Raise what is being handled."""
        raise  # noqa: PLE0704 - logging calls this while it handles the error


class _Stream(StreamHandler[TextIO]):
    """A stream that lets its owner hear of errors."""

    handleError = _File.handleError  # noqa: N815 - logging's name


@define
class DocumentLog:
    """A watcher, as any plugin could have one: it hears of each document once it is committed.

    What cannot be written ends the log, never the run: the ledger is the truth.
    """

    _handlers: list[Handler]
    _run: int = field(init=False, default=0)
    _lines: list[bytes] = field(init=False, factory=list)
    _written: float = field(init=False, default=0.0)

    @hookimpl
    def copydesk_run_started(self, run: Run) -> None:
        """Take down the number of the run."""
        self._run = run.number

    @hookimpl
    def copydesk_document_finished(self, outcome: Outcome) -> None:
        """Take down what is done or dropped."""
        self._note(outcome)

    @hookimpl
    def copydesk_document_failed(self, outcome: Outcome) -> None:
        """Take down what went to quarantine."""
        self._note(outcome)

    def close(self) -> None:
        """Write what is left and close the files."""
        self.write()
        for handler in self._handlers:
            handler.close()

    def _note(self, outcome: Outcome) -> None:
        self._lines.append(describe(outcome, self._run))
        if len(self._lines) >= _LINES or monotonic() - self._written > _SECONDS:
            self.write()

    def write(self) -> None:
        """Write the lines that are held back."""
        if not self._lines:
            return
        text = b"\n".join(self._lines).decode()
        self._lines.clear()
        self._written = monotonic()
        for handler in list(self._handlers):
            try:
                handler.handle(LogRecord("copydesk", 20, "", 0, text, None, None))
            except OSError as error:
                self._handlers.remove(handler)
                place = getattr(handler, "baseFilename", "--json-log")
                with suppress(OSError):  # that may be what cannot be written to
                    sys.stderr.write(f"copydesk: {place}: the log ends here: {error}\n")


def describe(outcome: Outcome, run: int) -> bytes:
    """Return what became of a document, as JSON in UTF-8 on one line."""
    return _encode(
        {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "run": run,
            "key": outcome.key,
            "outcome": outcome.state,
            "step": outcome.step,
            "reason": outcome.reason,
            "seconds": {label: round(seconds, 6) for label, seconds in outcome.seconds},
        }
    )


def log_path(config: Config) -> Path | None:
    """Return where the log of a chain's store is: beside it, if it has a place in a folder."""
    path = getattr(config.store.options, "path", None)
    # Not `.jsonl`: that would be read as a container of documents, were the store among them.
    return Path(f"{path}.log") if isinstance(path, Path) else None


@contextmanager
def open_log(config: Config, *, to_stderr: bool) -> Iterator[DocumentLog]:
    """Open the log beside the store, and write the same lines to stderr if that is wanted."""
    log = DocumentLog(list(_handlers(log_path(config), to_stderr=to_stderr)))
    try:
        yield log
    finally:
        log.close()


def _handlers(path: Path | None, *, to_stderr: bool) -> Iterable[Handler]:
    if path is not None:  # opened when there is something to write
        yield _File(path, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    if to_stderr:  # JSON is UTF-8, whatever the terminal's own encoding
        yield _Stream(open(2, "w", encoding="utf-8", closefd=False))  # noqa: SIM115

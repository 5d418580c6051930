"""The standard streams of the command: talk may be lost, output may not, and neither is absent."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any, ClassVar, TextIO


def secure_streams() -> None:
    """Open what was closed before the command began, and let no talk that is lost stop it.

    Else the next file to be opened, such as the store, would become standard output or error.
    What is written to an output that was closed fails.
    """
    for descriptor, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest number that is free
    if sys.stdout is sys.__stdout__:  # else another program has put its own there
        output = BufferedWriter(_Output(1, "w", closefd=False))
        sys.stdout = TextIOWrapper(output, **_manner(sys.stdout))
    if sys.stderr is sys.__stderr__:
        talk = BufferedWriter(FileIO(2, "w", closefd=False))
        manner = _manner(sys.stderr, "backslashreplace")
        sys.stderr = Talk(talk, **{**manner, "line_buffering": True})


def find_output_fault() -> OSError | None:
    """Return why standard output cannot be written, if it cannot."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return error
    return _Output.fault


def abandon_output() -> None:
    """Let what still waits to be written go nowhere: it must not complain at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Output(FileIO):
    """Standard output; keeps in mind why it could not be written."""

    fault: ClassVar[OSError | None] = None

    def write(self, content: Any) -> int:
        """Write bytes; raises `OSError`."""
        try:
            return super().write(content)
        except OSError as error:
            _Output.fault = error
            raise


class Talk(TextIOWrapper):
    """A stream for what is said by the way: that it cannot be written stops nothing."""

    def write(self, words: str) -> int:
        """Write words, or not."""
        with suppress(OSError):
            super().write(words)
        return len(words)

    def flush(self) -> None:
        """Flush what can be written."""
        with suppress(OSError):
            super().flush()


def _manner(stream: TextIO | None, errors: str = "strict") -> dict[str, Any]:
    """Return how a stream writes, or how one does that was closed."""
    if not isinstance(stream, TextIOWrapper):
        return {"encoding": "utf-8", "errors": errors}
    is_prompt = stream.line_buffering or stream.write_through
    return {
        "encoding": stream.encoding, "errors": stream.errors, "line_buffering": is_prompt,
    }  # fmt: skip

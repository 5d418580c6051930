"""Ends the building of steps that takes too long."""

from __future__ import annotations

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 5.0  # seconds, then it is raised once more: a plugin may try again on any error
_GRACE = 30.0  # seconds, then the process ends: C code that does not return heeds no error


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in the block when it has taken so long.

    Where that does not help, the process ends, with its stack on stderr. For the main thread of a
    process that nothing else wakes.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"it took longer than {seconds:g} s, which is build_seconds")

    signal.signal(signal.SIGALRM, stop)
    faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=2)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)

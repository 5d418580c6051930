"""Tells Ctrl-C, which is for the program, from what a plugin raises as if it were."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


def pass_interrupt(error: BaseException) -> None:
    """Raise `error` again if it is Ctrl-C, for those who catch whatever a plugin raises.

    A worker is deaf to the terminal and ended by signals that no code sees: there even a
    `KeyboardInterrupt` is the plugin's own.
    """
    is_deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if isinstance(error, KeyboardInterrupt) and not is_deaf:
        raise error


@contextmanager
def listening() -> Iterator[Callable[[], bool]]:
    """Give a function that says whether Ctrl-C may have come since; it is raised as ever."""
    heard = False

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal heard
        heard = True
        signal.default_int_handler(number, frame)

    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not usual or threading.current_thread() is not threading.main_thread():
        yield lambda: True  # whoever handles it does not tell us
        return
    signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: heard
    finally:
        if signal.getsignal(signal.SIGINT) is hear:  # else a plugin has put its own there
            signal.signal(signal.SIGINT, signal.default_int_handler)

"""Tells Ctrl-C, which is for the program, from what a plugin raises as if it were."""

from __future__ import annotations

import signal


def pass_interrupt(error: BaseException) -> None:
    """Raise `error` again if it is Ctrl-C, for those who catch whatever a plugin raises.

    A worker is deaf to the terminal and ended by signals that no code sees: there even a
    `KeyboardInterrupt` is the plugin's own.
    """
    is_deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if isinstance(error, KeyboardInterrupt) and not is_deaf:
        raise error

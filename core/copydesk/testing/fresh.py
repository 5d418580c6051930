"""Calls a function in a new process that knows nothing but what it is sent."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")

_BOOT = "from copydesk.testing.fresh import serve; serve()"


class FreshError(Exception):
    """A new process that did not do what it was asked to; the words say how it ended."""


def call(function: Callable[..., Made], *arguments: Any, seconds: float) -> Made:
    """Return what a function of a module returns in a new process, as after `spawn`.

    Strings have other hashes there. Raises `FreshError` for what cannot be sent either way, for
    what the function raises, for a process that dies, and for one that takes too long.
    """
    try:
        sent = pickle.dumps((function, arguments))
    except Exception as error:
        raise FreshError(f"it cannot be pickled: {type(error).__name__}: {error}") from error
    command = [sys.executable, "-c", _BOOT]
    try:
        done = subprocess.run(
            command, input=sent, capture_output=True, timeout=seconds, check=False, env=settings()
        )
    except subprocess.TimeoutExpired as error:
        raise FreshError(f"a new process was not done after {seconds:g} s") from error
    if done.returncode != 0:
        raise FreshError(f"a new process failed:\n{done.stderr.decode(errors='replace')}")
    made: Made = pickle.loads(done.stdout)  # noqa: S301 - from a child of ours
    return made


def settings() -> dict[str, str]:
    """Return the environment of a new process: the same modules, and another hash seed."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    path = os.pathsep.join(folder for folder in sys.path if folder)
    return {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed}


def serve() -> None:
    """Be the new process: take a call from stdin, give what it returns to stdout."""
    answer = os.dup(1)
    os.dup2(2, 1)  # what a plugin prints must not be taken for the answer
    function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our parent
    made = pickle.dumps(function(*arguments))
    with os.fdopen(answer, "wb") as out:
        out.write(made)

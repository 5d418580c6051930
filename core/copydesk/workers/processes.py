"""What the system lets one process do to others: fork, bind, watch and end them."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import TextIO

from copydesk.streams import Talk

_PAGE = os.sysconf("SC_PAGE_SIZE")
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_SET_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


def fork(main: Callable[[], None]) -> int:
    """Run `main` in a child that never returns from here; return the child's id."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()  # else the child would print it again
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        main()
        status = 0
    except BaseException:  # noqa: BLE001 - a child must not run on in its parent's code
        traceback.print_exc()
    finally:
        os._exit(status)


def die_with_parent(parent: int, number: signal.Signals) -> None:
    """Ask for a signal when the parent dies (Linux); end at once if it is dead already."""
    _control(_SET_DEATH_SIGNAL, number)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent dies (Linux)."""
    _control(_SET_SUBREAPER, 1)


def _control(option: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - 10 ms, in children only

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def seclude(keep: int) -> None:
    """Keep the hands of this process, whatever plugins do in it, off what is the parent's.

    Stdin is empty, stdout is stderr, and all else that is open for writing (the store, its lock,
    lines to other children) is nothing, but for the descriptor `keep`.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for path in Path("/dev/fd").iterdir():
        descriptor = int(path.name)
        if descriptor > 2 and descriptor not in (keep, nothing) and _is_writable(descriptor):
            # Not closed: objects that will never know would one day close or use another's.
            os.dup2(nothing, descriptor, inheritable=False)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    # New objects: the old ones may hold what the parent has not printed yet, or a test's buffer.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = _talk(1)
    sys.stderr = _talk(2)


def _is_writable(descriptor: int) -> bool:
    try:
        return fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
    except OSError:
        return False  # it was the one that the list was read from


def _talk(descriptor: int) -> TextIO:
    output = BufferedWriter(FileIO(descriptor, "w", closefd=False))
    return Talk(output, encoding="utf-8", errors="backslashreplace", line_buffering=True)


def kill_group(leader: int) -> None:
    """Kill a process and the group that it leads, or led until it died."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def kill(process: int) -> None:
    """Kill a living child and its group, whether or not it leads one yet."""
    kill_group(process)
    with suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def kill_children() -> None:
    """Kill and reap all children of this process, and those it adopts meanwhile."""
    with suppress(ChildProcessError):  # the end: no child is left
        while True:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
            for child in _children():
                kill(child)
            os.waitpid(-1, 0)


def _children() -> Iterator[int]:
    own = str(os.getpid())
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name, in brackets, may hold anything; the parent is the second field after it.
            if stat.read_text(errors="replace").rpartition(")")[2].split()[1] == own:
                yield int(stat.parent.name)


def open_memory(process: int) -> int | None:
    """Open what the system tells of a process's memory; None where it does not (Linux does)."""
    try:
        return os.open(f"/proc/{process}/statm", os.O_RDONLY)
    except OSError:
        return None


def read_memory(descriptor: int) -> int:
    """Return the bytes a process holds in memory, 0 when it is gone.

    Pages of files do not count: they are shared, the system can take them back, and after a fork
    they come in only as they are touched, so that a comparison with the parent would mislead.
    """
    pages = _pages(descriptor)
    return (pages[1] - pages[2]) * _PAGE


def own_memory() -> int:
    """Return the bytes that this process holds in memory, 0 where the system does not tell."""
    descriptor = open_memory(os.getpid())
    if descriptor is None:
        return 0
    try:
        return read_memory(descriptor)
    finally:
        os.close(descriptor)


def limit_data(more: int) -> None:
    """Refuse this process more than so many bytes of new writable memory, where that is known."""
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (_own_pages()[5] * _PAGE + more, hard))


def _own_pages() -> list[int]:
    descriptor = open_memory(os.getpid())
    if descriptor is None:
        return [0] * 7
    try:
        return _pages(descriptor)
    finally:
        os.close(descriptor)


def _pages(descriptor: int) -> list[int]:
    """Return the seven figures of statm: the second is held, the third of files, the sixth data."""
    try:
        return [int(figure) for figure in os.pread(descriptor, 128, 0).split()] or [0] * 7
    except OSError:
        return [0] * 7

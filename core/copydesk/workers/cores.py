"""How many cores this program may use."""

from __future__ import annotations

import math
import os
from pathlib import Path


def count_cores() -> int:
    """Return how many cores this program may use."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        cores = os.cpu_count() or 1
    return max(1, math.ceil(min(cores, _quota())))


def _quota() -> float:
    """Return the cores that the container this runs in is given, infinity outside of one."""
    try:
        share, period = Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split()
        return int(share) / int(period)
    except (OSError, ValueError):
        return math.inf

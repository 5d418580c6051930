"""The options of the executor `local`."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen
from attrs.validators import instance_of

_MOST_WORKERS = 10_000
_LONGEST_BUILD = 7 * 24 * 3600  # seconds
_MOST_MEMORY = 1 << 40  # MiB; the system counts in bytes, of which a whole number holds no more


def _is_within(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _check_workers(_options: object, _attribute: object, value: object) -> None:
    if value != "auto" and not _is_within(value, _MOST_WORKERS):
        raise ValueError(
            f"workers is {value!r}; give a whole number from 1 to {_MOST_WORKERS}, or auto"
        )


def _check_memory(_options: object, _attribute: object, value: object) -> None:
    if value is not None and not _is_within(value, _MOST_MEMORY):
        raise ValueError(
            f"max_memory_mb is {value!r}; give a whole number from 1 to {_MOST_MEMORY}, or null"
        )


def _check_seconds(_options: object, _attribute: object, value: object) -> None:
    if type(value) in {int, float} and 0 < float(value) <= _LONGEST_BUILD:  # type: ignore[arg-type]
        return
    raise ValueError(f"build_seconds is {value!r}; give a number over 0, up to {_LONGEST_BUILD}")


@frozen
class Options:
    """Options of the executor `local`."""

    workers: int | Literal["auto"] = field(default="auto", validator=_check_workers)
    """Processes that work side by side; `auto` is one for each core this program may use."""
    max_memory_mb: int | None = field(default=2048, validator=_check_memory)
    """Memory in MiB a worker may hold, models included; over it, it is killed and the document
    it was at waits in quarantine. What the program that started the run held before does not count.
    Watched on Linux only. null: no limit."""
    share_models: bool = field(default=True, validator=instance_of(bool))
    """Build the steps once and let workers share that memory; off, each worker builds its own,
    which costs its time and memory, for libraries that do not survive a fork."""
    build_seconds: float = field(default=600.0, validator=_check_seconds)
    """Seconds that building the source and all steps may take, the loading of models included; then
    the run ends with the name of the step that was being built."""

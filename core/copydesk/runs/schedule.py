"""Says when the next run is due: once changes have settled, and never much later."""

from __future__ import annotations

from attrs import define, field

_PATIENCE = 10.0  # seconds that changes without end may put a run off
_SOONEST, _LATEST = 10.0, 300.0  # seconds until a run that failed is tried again


@define
class Schedule:
    """When to run, in seconds of a clock that never goes back. It begins with a run that is due."""

    _quiet: float
    """Seconds without a change after which changes have settled."""
    _first: float | None = field(init=False, default=None)
    _last: float = field(init=False, default=0.0)
    _again: float | None = field(init=False, default=0.0)
    _delay: float = field(init=False, default=_SOONEST)

    def note_change(self, now: float) -> None:
        """Something has changed, or is known to be about to."""
        self._last = now
        if self._first is None:
            self._first = now

    def is_due(self, now: float) -> bool:
        """Return whether to run now."""
        if self._again is not None and now >= self._again:
            return True
        if self._first is None:
            return False
        return now - self._last >= self._quiet or now - self._first >= self._quiet + _PATIENCE

    def note_run(self, now: float, *, is_complete: bool) -> None:
        """A run that was due has ended; `is_complete`: it has left nothing for a later one."""
        self._first = self._again = None
        self._delay = _SOONEST
        if not is_complete:
            self.note_change(now)

    def note_failure(self, now: float) -> float:
        """A run could not be done; return in how many seconds it is due again."""
        self._first = None
        delay, self._delay = self._delay, min(2 * self._delay, _LATEST)
        self._again = now + delay
        return delay

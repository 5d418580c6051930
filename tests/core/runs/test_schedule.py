"""When the next run is due."""

from __future__ import annotations

from copydesk.runs.schedule import Schedule


def rested(quiet: float = 2.0) -> Schedule:
    """Return a schedule after its first run, which ended at second 100."""
    schedule = Schedule(quiet)
    schedule.note_run(100.0, is_complete=True)
    return schedule


def test_first_run_is_due_at_once() -> None:
    """A schedule begins with a run, and then waits for changes."""
    assert Schedule(2.0).is_due(0.0)
    assert not rested().is_due(10_000.0)


def test_run_waits_until_changes_have_settled() -> None:
    """It is due when nothing has changed for the quiet time."""
    schedule = rested()
    schedule.note_change(110.0)
    schedule.note_change(111.5)

    assert not schedule.is_due(113.4)
    assert schedule.is_due(113.5)


def test_changes_without_end_do_not_put_it_off_for_ever() -> None:
    """Where something changes every half second, it is due ten seconds after the quiet time."""
    schedule = rested()
    due = []
    for step in range(60):
        now = 110.0 + step / 2
        schedule.note_change(now)
        due.append(schedule.is_due(now))

    assert 24 == due.index(True)


def test_what_was_left_is_a_change() -> None:
    """A run that left something for later is followed by another, after the quiet time."""
    schedule = Schedule(2.0)
    schedule.note_run(100.0, is_complete=False)

    assert not schedule.is_due(101.9)
    assert schedule.is_due(102.0)


def test_failed_run_is_tried_again_ever_more_rarely() -> None:
    """The pauses double from 10 s to 5 minutes; a run that succeeds begins them anew."""
    schedule = rested()
    delays = [schedule.note_failure(0.0) for _ in range(2000)]

    assert [10, 20, 40, 80, 160, 300, 300] == delays[:7]
    assert not schedule.is_due(299.0)
    assert schedule.is_due(300.0)
    schedule.note_run(300.0, is_complete=True)
    assert 10 == schedule.note_failure(301.0)


def test_change_shortens_the_wait_after_a_failure() -> None:
    """What has changed may have mended it."""
    schedule = rested()
    schedule.note_failure(110.0)
    schedule.note_change(111.0)

    assert schedule.is_due(113.0)

"""A chain that cannot be built is one clear error, not thousands of failed documents."""

from __future__ import annotations

import ctypes
import itertools
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from attrs import frozen
from tests.faults.deeds import BuiltWork, DeedJob, DeedWork, Ran, assert_childless, items

from copydesk.api import Entering, Item
from copydesk.errors import CopydeskError, PluginError, StoreError
from copydesk.workers.local import Local
from copydesk.workers.options import Options


def run_built(build: Callable[[], object], *, share_models: bool = True, **options: object) -> Ran:
    """Run work that does something first when it is started."""
    work = BuiltWork(lambda _item: None, build=build)
    choice = Options(workers=2, share_models=share_models, **options)  # type: ignore[arg-type]
    return Ran(list(Local(choice).run(work, items())), items())


def raising(error: BaseException) -> Callable[[], object]:
    """Return what raises an error when the steps are built."""

    def build() -> None:
        raise error

    return build


@pytest.mark.parametrize("share_models", [True, False])
@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (
            PluginError("step 'x' cannot be built: no model"),
            PluginError,
            "step 'x' cannot be built: no model",
        ),
        (StoreError("no table"), StoreError, "no table"),
        (CopydeskError("no"), CopydeskError, "no"),
        (ValueError("bad"), PluginError, "the steps cannot be built: ValueError: bad"),
        (SystemExit(1), PluginError, "the steps cannot be built: SystemExit: 1"),
        (KeyboardInterrupt(), PluginError, "the steps cannot be built: KeyboardInterrupt"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_error(
    error: BaseException, kind: type[Exception], text: str, *, share_models: bool
) -> None:
    """What building raises is raised in the parent, as the user should read it."""
    with pytest.raises(kind) as caught:
        run_built(raising(error), share_models=share_models)

    assert text == str(caught.value)
    assert_childless()


def test_traceback() -> None:
    """The traceback of an error in a plugin's building is a note on the error."""
    with pytest.raises(PluginError) as caught:
        run_built(raising(ValueError("bad")))

    assert "in build" in caught.value.__notes__[0]


@pytest.mark.parametrize("share_models", [True, False])
@pytest.mark.parametrize(
    ("build", "text"),
    [
        (lambda: ctypes.string_at(0), "killed by SIGSEGV"),
        (lambda: os._exit(3), "ended itself with exit status 3"),
        (lambda: os._exit(0), "ended itself with exit status 0"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "killed by SIGKILL"),
    ],
    ids=["segfault", "exit", "leave", "kill"],
)
def test_death(build: Callable[[], object], text: str, *, share_models: bool) -> None:
    """A crash while the steps are built is tried a few times and then said."""
    who = "the process that builds the steps" if share_models else "a worker"
    with pytest.raises(CopydeskError, match=f"{who} (was )?{text}"):
        run_built(build, share_models=share_models)
    assert_childless()


def _insist() -> None:
    """Try again, whatever comes."""
    while True:
        with suppress(Exception):
            time.sleep(60)


def _loop_in_c() -> None:
    max(itertools.count())


@pytest.mark.parametrize("share_models", [True, False])
def test_building_without_end(*, share_models: bool) -> None:
    """Steps that are not built in time are an error that says how long they had."""
    began = time.monotonic()
    with pytest.raises(PluginError, match=r"cannot be built: TimeoutError: .* longer than 0.5 s"):
        run_built(lambda: time.sleep(600), share_models=share_models, build_seconds=0.5)

    assert time.monotonic() - began < 20
    assert_childless()


@pytest.mark.parametrize("build", [_insist, _loop_in_c], ids=["insists", "loops in C"])
def test_building_that_heeds_no_error(
    build: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A building that an error does not end is ended with its process, a few times, then said."""
    monkeypatch.setattr("copydesk.workers.alarm._GRACE", 0.5)
    with pytest.raises(CopydeskError, match="the process that builds the steps ended itself"):
        run_built(build, build_seconds=0.2)
    assert_childless()


def test_time_of_building_is_not_that_of_the_documents() -> None:
    """What bounds the building does not bound the run."""

    def deed(_item: Item) -> None:
        time.sleep(0.05)

    work = BuiltWork(deed, build=lambda: None)
    outcomes = list(Local(Options(workers=1, build_seconds=0.5)).run(work, items(20)))

    assert ["done"] * 20 == [outcome.state for outcome in outcomes]


def test_dying_once(tmp_path: Path) -> None:
    """A crash that does not come again while the steps are built costs nothing."""

    def build() -> None:
        if not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os._exit(3)

    run_built(build).assert_only((), "")


def test_too_large_models() -> None:
    """Steps that leave no memory for a document are an error that says how much they hold."""
    with pytest.raises(CopydeskError, match=r"the steps hold \d+ MiB .* max_memory_mb is 100"):
        run_built(lambda: held.append(b"x" * (150 << 20)), max_memory_mb=100)


held: list[bytes] = []


def note_process(folder: Path) -> None:
    """Leave the name of this process in a folder."""
    (folder / str(os.getpid())).touch()


def test_building_once(tmp_path: Path) -> None:
    """The steps are built once, however many workers come and go."""
    run_built(partial(note_process, tmp_path)).assert_only((), "")

    assert 1 == len(list(tmp_path.iterdir()))


def test_building_in_each_worker(tmp_path: Path) -> None:
    """Without shared models each worker builds its own steps."""
    ran = run_built(partial(note_process, tmp_path), share_models=False)

    ran.assert_only((), "")
    built = {path.name.encode() for path in tmp_path.iterdir()}
    assert {o.record for o in ran.outcomes} <= built
    assert str(os.getpid()).encode() not in built


def test_threads(tmp_path: Path) -> None:
    """Steps that start threads when built are built in each worker: threads survive no fork."""

    def build() -> None:
        note_process(tmp_path)
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()

    ran = run_built(build)

    ran.assert_only((), "")
    built = {path.name.encode() for path in tmp_path.iterdir()}
    assert {o.record for o in ran.outcomes} <= built


def test_noise(capfd: pytest.CaptureFixture[str]) -> None:
    """What is printed while the steps are built does not reach stdout."""
    run_built(lambda: os.write(1, b"noise")).assert_only((), "")

    assert "" == capfd.readouterr().out


@pytest.mark.parametrize("share_models", [True, False])
def test_closing(tmp_path: Path, *, share_models: bool) -> None:
    """Steps are closed by the process that has built them."""

    @frozen
    class ClosingJob(DeedJob):
        def close(self) -> None:
            (tmp_path / f"closed {os.getpid()}").touch()

    @frozen
    class ClosingWork(DeedWork):
        def start(self, entering: Entering) -> DeedJob:
            (tmp_path / f"built {os.getpid()}").touch()
            return ClosingJob(self.deed, entering, 5.0)

    work = ClosingWork(lambda _item: None)
    list(Local(Options(workers=2, share_models=share_models)).run(work, items()))

    names = {path.name for path in tmp_path.iterdir()}
    built = {name.split()[1] for name in names if name.startswith("built")}
    assert built
    assert {f"closed {process}" for process in built} == {n for n in names if n[0] == "c"}


def test_closing_that_hangs() -> None:
    """Steps that never finish closing do not keep the run from its end for long."""

    @frozen
    class HangingJob(DeedJob):
        def close(self) -> None:
            time.sleep(600)

    @frozen
    class HangingWork(DeedWork):
        def start(self, entering: Entering) -> DeedJob:
            return HangingJob(self.deed, entering, 5.0)

    began = time.monotonic()
    list(Local(Options(workers=1)).run(HangingWork(lambda _item: None), items()))

    assert time.monotonic() - began < 7.0
    assert_childless()

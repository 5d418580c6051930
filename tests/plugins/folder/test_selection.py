"""Which names the options choose."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from wcmatch import glob

from copydesk_folder.options import Options
from copydesk_folder.selection import Selection

_FLAGS = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB | glob.IGNORECASE | glob.FORCEUNIX
_NAMES = st.text("aT.xzgé\n~$", min_size=1, max_size=8)


@given(_NAMES, st.sampled_from(["*.tx", "*.TX.gz", "*.a-b", "*x", "*.é", "a*.tx", "*.{tx,gz}"]))
def test_endings_are_globs(name: str, pattern: str) -> None:
    """Globs that are only endings choose what the library for globs chooses."""
    selection = Selection(Options(Path(), include=(pattern,)))

    assert glob.compile([pattern], flags=_FLAGS).match(name) == selection.includes(name, name)


@given(_NAMES)
def test_sure_endings(name: str) -> None:
    """A name with a sure ending is not refused, unless it begins with `.` or `~`."""
    selection = Selection(Options(Path(), include=("*.tx", "*.gz", "*.part", "*.a.gz")))

    assert {".tx", ".gz"} == selection.sure
    assert (
        name[0] in ".~"
        or name[name.rfind(".") :] not in selection.sure
        or not selection.refuse(name, name)
    )
    assert not Selection(Options(Path(), exclude=("*.txt",))).sure

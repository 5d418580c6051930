"""Names of the API that are going."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from copydesk import api, deprecation
from copydesk.deprecation import Deprecated

USER = "from copydesk.api import OldDrop\nfrom copydesk.api import OldDrop as Again\n"


@pytest.fixture
def old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the API have had another name for `Drop`."""
    monkeypatch.setitem(api._DEPRECATED, "OldDrop", Deprecated(api.Drop, "Drop", "2.0"))
    monkeypatch.setattr(deprecation, "_told", set())


def test_deprecated_name_works_and_warns_once(old_name: None, tmp_path: Path) -> None:
    """A name that goes still works; its first user is told the line, the version and the other."""
    found: dict[str, object] = {}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        exec(compile(USER, "mine.py", "exec"), found)

    assert api.Drop is found["OldDrop"] is found["Again"]
    assert [("mine.py", 1, DeprecationWarning)] == [
        (it.filename, it.lineno, it.category) for it in told
    ]
    assert "copydesk.api.OldDrop goes in API 2.0; use Drop instead" == str(told[0].message)


def test_unknown_name_is_unknown(old_name: None) -> None:
    """A name that never was is an error as in any module."""
    with pytest.raises(ImportError, match="cannot import name 'Nothing'"):
        exec("from copydesk.api import Nothing", {})
    with pytest.raises(AttributeError, match=r"'copydesk.api' has no attribute 'Nothing'"):
        api.Nothing  # type: ignore[attr-defined] # noqa: B018


def test_deprecated_names_tell_a_version_to_come() -> None:
    """Each name that goes does so in a later major version, and is not offered any more."""
    major = int(api.API_VERSION.partition(".")[0])

    for name, deprecated in api._DEPRECATED.items():
        assert int(deprecated.removal.partition(".")[0]) > major
        assert name not in api.__all__

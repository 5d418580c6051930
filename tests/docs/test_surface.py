"""The surface that plugins rely on changes with its version and a line for its users, or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.surface import (
    compare,
    describe_surface,
    read_surface,
    versions,
    write_surface,
)
from tests.root import ROOT

from copydesk import api


def _changes() -> str:
    """Return what is told of every version of the API, of releases and of changes to come."""
    pages = [ROOT / "CHANGELOG.md", *sorted((ROOT / "docs/changes").glob("*.md"))]
    return "\n".join(page.read_text("utf-8") for page in pages)


def _complaints(
    before: dict[str, str], after: dict[str, str], versions: tuple[str, str], told: str
) -> list[str]:
    """Return what is wrong with the step from one version of the API to the next."""
    found = []
    old, new = (tuple(map(int, version.split("."))) for version in versions)
    paragraphs = " ".join(part for part in told.splitlines() if f"API is now {versions[1]}" in part)
    for name, what in compare(before, after).items():
        if f"`{name}`" not in paragraphs:
            found.append(f"{name} is {what} in API {versions[1]}, and no line of a change says so")
        if what == "removed" and old[0] == new[0]:
            found.append(f"{name} is removed, and API {versions[1]} is no new major version")
    return found


def test_surface_is_the_one_of_its_version() -> None:
    """Names and signatures are those that are written down for this version of the API.

    If they are to change: raise `API_VERSION`, name each in a fragment of `docs/changes`, and write
    them down with `python -m tests.docs.surface`.
    """
    assert api.API_VERSION == versions()[-1]
    assert {} == compare(read_surface(api.API_VERSION), describe_surface())


@pytest.mark.parametrize("number", range(1, len(versions())))
def test_changes_of_a_version_are_told(number: int) -> None:
    """Each name that a version adds, changes or removes is named in the changes."""
    pair = (versions()[number - 1], versions()[number])

    assert [] == _complaints(read_surface(pair[0]), read_surface(pair[1]), pair, _changes())


def test_unannounced_change_is_found() -> None:
    """A changed signature without a line, and a removal without a major version, are told."""
    before = {"step": "def step(name: str)", "Drop": "class Drop:"}
    after = {"step": "def step(name: str, more: int = 1)"}

    assert {"step": "changed", "Drop": "removed"} == compare(before, after)
    told = "The API is now 1.2: `step` takes more."
    assert [
        "Drop is removed in API 1.2, and no line of a change says so",
        "Drop is removed, and API 1.2 is no new major version",
    ] == _complaints(before, after, ("1.1", "1.2"), told)
    told = "The API is now 2.0: `step` takes more, `Drop` is gone."
    assert [] == _complaints(before, after, ("1.1", "2.0"), told)


def test_surface_is_read_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A surface comes back from its file as it went in."""
    monkeypatch.setattr("tests.docs.surface.FOLDER", tmp_path)
    (tmp_path / "9.9.txt").write_text(write_surface(describe_surface()), "utf-8")

    assert describe_surface() == read_surface("9.9")


def test_api_names_what_it_imports() -> None:
    """Every public name of the api is in `__all__`, and the package is marked as typed."""
    public = {name for name in vars(api) if name.isidentifier() and not name.startswith("_")}
    machinery = {"Any", "TYPE_CHECKING", "Deprecated", "find_deprecated"}

    assert public - machinery == set(api.__all__)
    assert (ROOT / "core/copydesk/py.typed").exists()

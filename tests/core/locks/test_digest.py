"""Tests of the hash of a distribution's code."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest

from copydesk.locks.digest import hash_distribution, hash_file

Install = Callable[..., str]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Write a distribution below a folder of its own, and return its hash."""

    def write(
        place: str, files: dict[str, str], module: str = "one", record: list[str] | None = None
    ) -> str:
        site = tmp_path / place
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text)
        info = site / "acme-1.2.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: acme\nVersion: {place}\n")
        (info / "entry_points.txt").write_text(f"[copydesk]\nit = {module}\n")
        rows = [*(files if record is None else record), "acme-1.2.dist-info/METADATA"]
        rows += ["../../bin/acme", "one/__pycache__/x.pyc"]
        (info / "RECORD").write_text("".join(f"{row},,\n" for row in rows))
        with monkeypatch.context() as patch:
            patch.syspath_prepend(str(site))
            return hash_distribution(distribution("acme"))

    return write


PACKAGE = {"one/__init__.py": "1", "one/data.txt": "x", "one/below/__init__.py": ""}


def test_same_code_has_the_same_hash(install: Install) -> None:
    """The hash knows neither the place, nor the version, nor what Python or an editor leaves."""
    expected = install("a", PACKAGE)

    assert expected == install("b", PACKAGE)
    assert expected == install("c", {**PACKAGE, "one/__pycache__/x.pyc": "?", "one/.cache/y": "?"})


def test_editable_is_as_installed(install: Install) -> None:
    """What is editable lists none of its files, and has the hash of the wheel."""
    assert install("a", PACKAGE) == install("b", PACKAGE, record=["_editable_impl_acme.pth"])


@pytest.mark.parametrize(
    "changed",
    [
        {"one/__init__.py": "2"},
        {"one/data.txt": "y"},
        {"one/more.py": ""},
        {"one/below/__init__.py": "#"},
        {"two.py": ""},
    ],
)
def test_any_change_is_seen(install: Install, changed: dict[str, str]) -> None:
    """Another content, a new file and a module beside the package make another hash."""
    assert install("a", PACKAGE) != install("b", {**PACKAGE, **changed})


def test_entry_points_count(install: Install) -> None:
    """What is loaded counts as much as what it is loaded from."""
    assert install("a", PACKAGE) != install("b", PACKAGE, module="one.below")


def test_single_module(install: Install) -> None:
    """A distribution may be a single file."""
    assert install("a", {"one.py": "1"}) == install("b", {"one.py": "1"})
    assert install("a", {"one.py": "1"}) != install("c", {"one.py": "2"})


def test_shared_namespace(install: Install) -> None:
    """Of a package that others have modules in, too, only its own module counts."""
    mine = {"shared/mine/__init__.py": "1"}

    expected = install("a", mine, "shared.mine")

    assert expected == install("b", {**mine, "shared/others.py": ""}, "shared.mine", list(mine))
    assert expected != install("c", {"shared/mine/__init__.py": "2"}, "shared.mine")


def test_hash_file(tmp_path: Path) -> None:
    """A file has the SHA-256 of its bytes."""
    path = tmp_path / "x.py"
    path.write_bytes(b"abc")

    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" == hash_file(path)

"""The project of a new plugin: written, installed in a venv of its own, and tested at once."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

from copydesk.errors import CopydeskError
from copydesk.starter.starter import Starter
from copydesk.testing import Desk

KINDS = ("step", "source", "store", "executor")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a new venv, which finds what is installed here and nothing else."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    here = sysconfig.get_path("purelib")
    (packages / "here.pth").write_text(f"import site; site.addsitedir({here!r})\n")
    return folder / "bin" / "python"


def call(python: Path, folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a program of the venv in a folder, with an environment of next to nothing."""
    names = ("HOME", "LANG", "PYTHONDONTWRITEBYTECODE", "TMPDIR")
    settings = {name: os.environ[name] for name in names if name in os.environ}
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [python, *map(str, words)],
        cwd=folder, env={**settings, "PATH": path}, capture_output=True, text=True, check=False,
        timeout=200,
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_project_passes_at_once(desk: Desk, python: Path, kind: str) -> None:
    """The project installs, passes its own tests, and the doctor finds nothing."""
    made = desk.copydesk("plugins", "new", f"try.{kind}", "--kind", kind)
    folder = desk.folder / f"copydesk-try-{kind}"
    assert 0 == made.returncode, made.stderr
    assert f"copydesk-try-{kind}/copydesk_try_{kind}.py" in made.stdout.splitlines()

    offline = ("--no-index", "--no-build-isolation", "--no-deps", "--quiet")
    installed = call(python, folder, "-m", "pip", "install", *offline, ".")
    assert 0 == installed.returncode, installed.stderr
    tested = call(python, folder, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert 0 == tested.returncode, tested.stdout
    words = ("plugins", "doctor", f"copydesk-try-{kind}")
    examined = call(python, folder, "-m", "copydesk.cli", *words)
    assert 0 == examined.returncode, examined.stdout + examined.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_filled(kind: str) -> None:
    """Every Python file compiles, and no file has a placeholder left."""
    for name, content in Starter("loud.shout", kind).files.items():
        assert not re.search(r"\$[a-z]", content), name
        if name.endswith(".py"):
            compile(content, name, "exec")


def test_names() -> None:
    """Distribution, module and entry are made of the name, with `copydesk-` before it once."""
    starter = Starter("copydesk-reading.time_left", "step")

    assert "reading.time_left" == starter.name
    assert "copydesk-reading-time-left" == starter.distribution
    assert "copydesk_reading_time_left" == starter.module
    assert 'reading_time_left = "copydesk_reading_time_left"' in starter.files["pyproject.toml"]


@pytest.mark.parametrize("name", ["Loud", "a b", "1st", "", "a..b", "../x"])
def test_bad_name(desk: Desk, name: str) -> None:
    """A name that no plugin may have is refused with an example of one, and nothing is written."""
    done = desk.copydesk("plugins", "new", name)

    assert 2 == done.returncode
    assert "such as 'reading.time'" in done.stderr
    assert not list(desk.folder.iterdir())


def test_folder_in_use(desk: Desk) -> None:
    """A folder with something in it is left alone; an empty one is filled."""
    desk.write("here/mine.txt", "mine")
    (desk.folder / "empty").mkdir()

    done = desk.copydesk("plugins", "new", "loud", "--directory", "here")
    names = [path.name for path in (desk.folder / "here").iterdir()]
    assert (2, ["mine.txt"]) == (done.returncode, names)
    assert "here is there already; give another place as --directory" in done.stderr
    assert 0 == desk.copydesk("plugins", "new", "loud", "--directory", "empty").returncode
    with pytest.raises(CopydeskError):
        Starter("loud", "step").write(desk.folder / "here" / "mine.txt")

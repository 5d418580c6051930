"""A chain that is locked runs with the plugins of its lock and with no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.root import ROOT

from copydesk.cli import make_parser
from copydesk.commands.watch import _command
from copydesk.testing import Desk

PLUGIN = """
from copydesk.api import NoOptions, StepSpec, hookimpl

class Same:
    def __init__(self, options): pass
    def process(self, document): return document

@hookimpl
def copydesk_steps():
    return [StepSpec("NAME.NAME_step", NoOptions, Same)]
"""
WATCHER = """
from copydesk.api import hookimpl

@hookimpl
def copydesk_run_finished(counts):
    open("watched", "w")
"""
CHAIN = """copydesk: 1
plugins: [./mine.py]
source: {use: folder, options: {path: SEEDS}}
chain: [encoding.chardet, acme.acme_step, mine.mine_step]
store: {use: sqlite, options: {path: out.db}}
profiles:
  other: {chain: [encoding.chardet, other.other_step]}
"""


def install(site: Path, name: str, code: str, version: str = "1.2") -> None:
    """Install a distribution of someone else."""
    (site / f"plugin_{name}.py").write_text(code)
    info = site / f"{name}-1.dist-info"
    info.mkdir(exist_ok=True, parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[copydesk]\nit = plugin_{name}\n")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder on the path with plugins, of which the chain uses some."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("acme", "other", "unused"):
        install(site, name, PLUGIN.replace("NAME", name))
    install(site, "eyes", WATCHER)
    return site


@pytest.fixture
def desk(site: Path, tmp_path: Path) -> Desk:
    """Return a desk with a chain and its lock."""
    (tmp_path / "mine.py").write_text(PLUGIN.replace("NAME", "mine"))
    (tmp_path / "chain.yaml").write_text(CHAIN.replace("SEEDS", str(ROOT / "seeds")))
    desk = Desk(tmp_path, {"PYTHONPATH": str(site)})
    assert 0 == desk.copydesk("lock", "chain.yaml").returncode
    return desk


def read(desk: Desk) -> dict[str, Any]:
    """Return the lock."""
    found: dict[str, Any] = json.loads((desk.folder / "chain.yaml.lock").read_text())
    return found


def refuse(desk: Desk, verb: str = "run") -> list[str]:
    """Return why a verb that holds to the lock does not begin, without the name of the lock."""
    done = desk.copydesk(verb, "chain.yaml", "--locked")
    assert (2, "") == (done.returncode, done.stdout), done.stderr
    lines = done.stderr.removeprefix("copydesk: ").splitlines()
    assert all(line.startswith("chain.yaml.lock: ") for line in lines), done.stderr
    return [line.removeprefix("chain.yaml.lock: ") for line in lines]


def test_what_is_locked(desk: Desk) -> None:
    """The lock names what the chain and its profiles use, what watches, and what is listed."""
    lock = read(desk)

    assert ["lock", "copydesk", "api", "plugins"] == list(lock)
    assert [
        ("acme", "distribution", ["step acme.acme_step"]),
        ("copydesk", "distribution", None),
        ("eyes", "distribution", []),
        ("other", "distribution", ["step other.other_step"]),
        ("mine.py", "file", ["step mine.mine_step"]),
    ] == [
        (it["name"], it["kind"], None if it["name"] == "copydesk" else it["uses"])
        for it in lock["plugins"]
    ]
    assert {64} == {len(it["sha256"]) for it in lock["plugins"]}


def test_no_path_of_the_machine(desk: Desk) -> None:
    """Nothing in the lock tells where things are, not even of files that lie elsewhere."""
    chain = desk.folder / "chain.yaml"
    chain.write_text(chain.read_text().replace("./mine.py", str(desk.folder.parent / "far.py")))
    (desk.folder.parent / "far.py").write_text((desk.folder / "mine.py").read_text())

    assert 0 == desk.copydesk("lock", "chain.yaml").returncode

    text = (desk.folder / "chain.yaml.lock").read_text()
    assert '"far.py"' in text
    assert "/" not in text
    assert 5 == desk.run("chain.yaml", "--locked")["done"]


def test_locking_twice(desk: Desk) -> None:
    """The same plugins make the same lock, byte for byte."""
    before = (desk.folder / "chain.yaml.lock").read_bytes()

    desk.copydesk("lock", "chain.yaml")

    assert before == (desk.folder / "chain.yaml.lock").read_bytes()


@pytest.mark.parametrize("verb", ["run", "plan", "check", "retry"])
def test_same_plugins_pass(desk: Desk, verb: str) -> None:
    """Where nothing differs the chain runs as ever, and what watches watches."""
    desk.run("chain.yaml", "--locked")

    assert 0 == desk.copydesk(verb, "chain.yaml", "--locked").returncode
    assert 0 == desk.copydesk("plan", "chain.yaml", "--locked", "--profile", "other").returncode
    assert (desk.folder / "watched").exists()


def test_plugins_beside_the_lock_are_not_imported(desk: Desk, site: Path) -> None:
    """What the lock does not name is not even imported."""
    install(site, "unused", "open('it-ran', 'w')")

    assert 5 == desk.run("chain.yaml", "--locked")["done"]
    assert not (desk.folder / "it-ran").exists()


@pytest.mark.parametrize("verb", ["run", "plan", "check", "watch", "retry"])
def test_another_version(desk: Desk, site: Path, verb: str) -> None:
    """Another version is refused before it is imported, with the ways to go on."""
    install(site, "acme", "open('it-ran', 'w')", "1.3")

    (told,) = refuse(desk, verb)

    assert (
        "acme is 1.3 here and 1.2 in the lock; `pip install 'acme==1.2'`, or "
        "`copydesk lock chain.yaml` to go on with 1.3"
    ) == told
    assert not (desk.folder / "it-ran").exists()


def test_watch_hands_it_on() -> None:
    """Each run that a watch begins is held to the lock, too."""
    words = ["chain.yaml", "--locked"]

    assert "--locked" in _command(make_parser()[1]["watch"].parse_intermixed_args(words))
    assert "--locked" not in _command(make_parser()[1]["watch"].parse_intermixed_args(words[:1]))


def test_every_difference(desk: Desk, site: Path) -> None:
    """All differences are told at once: what is not there, what has changed, and files."""
    install(site, "acme", PLUGIN.replace("NAME", "acme") + "# changed")
    (site / "other-1.dist-info/METADATA").unlink()
    (site / "other-1.dist-info/entry_points.txt").unlink()
    (site / "other-1.dist-info").rmdir()
    (desk.folder / "mine.py").write_text("# changed")

    assert [
        (
            "the code of acme 1.2 is not what was locked; install it anew, or look at what has "
            "changed and run `copydesk lock chain.yaml`"
        ),
        "other 1.2 is not installed; `pip install 'other==1.2'`",
        "mine.py has changed since it was locked; look at it and run `copydesk lock chain.yaml`",
    ] == refuse(desk)


def test_files_that_are_new(desk: Desk) -> None:
    """A file that the chain lists and the lock does not is refused."""
    (desk.folder / "new.py").write_text(WATCHER)
    chain = desk.folder / "chain.yaml"
    chain.write_text(chain.read_text().replace("./mine.py", "./mine.py, ./new.py"))

    assert ["new.py is not in the lock; look at it and run `copydesk lock chain.yaml`"] == (
        refuse(desk)
    )


def test_plugins_that_are_new_in_the_chain(desk: Desk) -> None:
    """A step of a plugin that is not in the lock is a fault of the chain."""
    chain = desk.folder / "chain.yaml"
    chain.write_text(chain.read_text().replace("acme.acme_step", "unused.unused_step"))

    done = desk.copydesk("run", "chain.yaml", "--locked")

    assert 2 == done.returncode
    assert (
        "the step 'unused.unused_step' is offered by unused, which is not allowed by "
        "chain.yaml.lock; "
    ) in done.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "there is no such file; `copydesk lock chain.yaml` writes it"),
        ("{", "is no lock: "),
        ("[]", "is no lock: "),
        ("7", "is no lock: "),
        ('{"lock": 2, "copydesk": "9", "api": "9", "plugins": []}', "a lock of version 2, this re"),
    ],
)
def test_no_lock(desk: Desk, text: str | None, words: str) -> None:
    """A lock that is not there or cannot be read is told with what writes it."""
    path = desk.folder / "chain.yaml.lock"
    path.unlink()
    if text is not None:
        path.write_text(text)

    (told,) = refuse(desk)

    assert told.startswith(words)
    assert "`copydesk lock chain.yaml`" in told


def test_lock_of_a_chain_with_faults(desk: Desk) -> None:
    """No lock is written of a chain that cannot run."""
    chain = desk.folder / "chain.yaml"
    chain.write_text(chain.read_text().replace("acme.acme_step", "acme.acme_stop"))
    before = (desk.folder / "chain.yaml.lock").read_bytes()

    done = desk.copydesk("lock", "chain.yaml")

    assert 2 == done.returncode
    assert "did you mean 'acme.acme_step'" in done.stderr
    assert before == (desk.folder / "chain.yaml.lock").read_bytes()

"""The registry: what is found, what is reported, what is fatal."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copydesk.admission import Rule
from copydesk.errors import PluginError
from copydesk.registry import Registry

GOOD = """
from copydesk.api import NoOptions, StepSpec, hookimpl

class Same:
    def __init__(self, options): pass
    def process(self, document): return document

@hookimpl
def copydesk_steps():
    return [StepSpec("{name}", NoOptions, Same)]
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Write a distribution with one plugin module onto the path, as pip would leave it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    modules = []

    def write(distribution: str, code: str, entry: str = "it") -> None:
        module = f"plugin_{distribution.replace('-', '_')}"
        modules.append(module)
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{distribution.replace('-', '_')}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n"
        )
        (info / "entry_points.txt").write_text(f"[copydesk]\n{entry} = {module}\n")

    yield write
    for module in modules:
        sys.modules.pop(module, None)


def test_bundled_plugins_come_through_the_entry_points() -> None:
    """The plugins that ship with copydesk are offered like anyone else's, without a problem."""
    registry = Registry.installed()

    assert [] == registry.problems
    assert "encoding.chardet" in registry.names("step")
    assert ["folder"] == registry.names("source")[:1]
    assert "sqlite" in registry.names("store")


def test_outside_plugin_is_offered_with_its_distribution(install: Install) -> None:
    """A plugin of another distribution is known with that distribution's name and version."""
    install("outside", GOOD.format(name="outside.same"))

    offer = Registry.installed().offer("step", "outside.same")

    assert ("outside", "1.2") == (offer.plugin, offer.version)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import a_module_that_is_not_there", "ModuleNotFoundError"),
        ("this is no Python", "SyntaxError"),
        ("raise SystemExit(3)", "exits on import"),
        ("raise KeyboardInterrupt", "it raises KeyboardInterrupt on import"),
        ("class Mine(BaseException): pass\nraise Mine('x')", "it raises Mine on import: x"),
        (GOOD.format(name="Not A Name"), "ValueError"),
        (GOOD.format(name="x").replace("[StepSpec", "['x', StepSpec"), "not StepSpec"),
        (
            "from copydesk.api import StepSpec",
            "no function of it is marked with @step(...) or @hookimpl",
        ),
        (GOOD.format(name="x").replace("Same)", "Same, gives=('txt',))"), "did you mean 'text'"),
        (
            GOOD.format(name="x").replace("NoOptions, Same", "dict, Same"),
            "must be a frozen attrs class",
        ),
        (
            "from copydesk.api import hookimpl\n@hookimpl\ndef copydesk_stepz(): return []\n",
            "unknown hook 'copydesk_stepz'",
        ),
    ],
)
def test_broken_plugin_is_reported_and_others_stay(install: Install, code: str, words: str) -> None:
    """A plugin that fails to load is a problem with its cause; every other plugin still works."""
    install("bad-one", code)
    install("good-one", GOOD.format(name="good.same"))

    registry = Registry.installed()

    assert [("bad-one:it", "broken")] == [(p.plugin, p.kind) for p in registry.problems]
    assert words in registry.problems[0].detail
    assert "good.same" in registry.names("step")


def test_ctrl_c_ends_the_loading(install: Install) -> None:
    """An interruption by the user while a plugin is imported is no fault of the plugin."""
    install("slow-one", "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")

    with pytest.raises(KeyboardInterrupt):
        Registry.installed()
    assert signal.default_int_handler is signal.getsignal(signal.SIGINT)


def test_talk_on_import_is_no_output(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """What a plugin prints while it is imported goes to stderr."""
    install("loud-one", f"print('hello')\n{GOOD.format(name='loud.same')}")

    assert "loud.same" in Registry.installed().names("step")
    assert ("", "hello\n") == capsys.readouterr()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file nobody can read")
def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is there and cannot be read is a broken plugin, and no more."""
    file = tmp_path / "mine.py"
    file.symlink_to("/proc/self/mem")
    registry = Registry.installed([file])

    (problem,) = registry.problems
    assert (str(file), "broken") == (problem.plugin, problem.kind)
    assert "OSError" in problem.detail


def test_plugin_for_another_api_is_incompatible(install: Install) -> None:
    """A plugin that states a range without this API is not loaded, and both versions are told."""
    install("old-one", "copydesk_api = '>=0.1,<0.5'\n" + GOOD.format(name="old.same"))

    registry = Registry.installed()

    assert ["incompatible"] == [problem.kind for problem in registry.problems]
    assert "made for copydesk API >=0.1,<0.5, this is 1.1" in registry.problems[0].detail
    assert "old.same" not in registry.names("step")


def test_clash_is_fatal_only_for_who_asks(install: Install) -> None:
    """Of two plugins with one name neither is used, both are named, and the rest stays usable."""
    install("first", GOOD.format(name="twice.same"))
    install("second", GOOD.format(name="twice.same"))

    registry = Registry.installed()

    assert ["clash"] == [problem.kind for problem in registry.problems]
    with pytest.raises(
        PluginError, match=r"two plugins offer the step 'twice.same': first .* second"
    ):
        registry.offer("step", "twice.same")
    assert registry.offer("step", "encoding.chardet")


def test_unknown_name_suggests_or_names_the_broken(install: Install) -> None:
    """A misspelt name gets a suggestion; an unknown one names the plugins that failed."""
    install("bad-one", "1 / 0")
    registry = Registry.installed()

    with pytest.raises(PluginError, match=r"did you mean 'encoding.chardet'"):
        registry.offer("step", "encoding.chardte")
    with pytest.raises(PluginError, match=r"bad-one:it .ZeroDivisionError"):
        registry.offer("step", "sentiment.score")


def test_file_is_a_plugin(tmp_path: Path) -> None:
    """A single Python file offers its specs, with a version that changes when the file does."""
    path = tmp_path / "mine.py"
    path.write_text(GOOD.format(name="mine"))
    first = Registry.installed([path]).offer("step", "mine")
    path.write_text(GOOD.format(name="mine") + "\n# changed\n")
    second = Registry.installed([path]).offer("step", "mine")

    assert "mine.py" == first.plugin
    assert first.version != second.version


def test_same_distribution_twice_on_the_path_is_no_clash(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry point that is found twice is loaded once."""
    install("double", GOOD.format(name="double.same"))
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path) + "/", *sys.path])

    registry = Registry.installed()

    assert [] == registry.problems
    assert 1 == registry.names("step").count("double.same")


def test_blocked_plugin_is_not_imported(install: Install) -> None:
    """What a rule refuses is told with who refuses it, and its code does not run."""
    install("outside", "raise SystemExit('it ran')")

    registry = Registry.installed(rules=[Rule("chain.yaml:3:12", block=("outside",))])

    assert [("outside:it", "blocked", "blocked by chain.yaml:3:12")] == [
        (problem.plugin, problem.kind, problem.detail) for problem in registry.problems
    ]
    assert "plugin_outside" not in sys.modules
    assert "outside:it" in [plugin.name for plugin in registry.known]


def test_asking_for_what_a_blocked_plugin_offers(install: Install) -> None:
    """A name that stands in the code of a blocked plugin is told with that plugin."""
    install("outside", GOOD.format(name="outside.same"))
    registry = Registry.installed(rules=[Rule("--no-external", allow=())])

    with pytest.raises(PluginError, match="is offered by outside, which is not allowed by --no-ex"):
        registry.offer("step", "outside.same")
    with pytest.raises(
        PluginError, match=r"may belong .* outside:it \(not allowed by --no-external"
    ):
        registry.offer("step", "sentiment.score")


def test_environment_blocks(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables of the environment hold for every registry of installed plugins."""
    install("outside", GOOD.format(name="outside.same"))
    monkeypatch.setenv("COPYDESK_PLUGINS_BLOCK", "outside, copydesk:parts")

    names = Registry.installed().names("step")

    assert "outside.same" not in names
    assert "jsonl" not in Registry.installed().names("store")
    assert "encoding.chardet" in names

"""Who imports whom, and what the command's help must not import."""

from __future__ import annotations

import ast
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from tests.core.doctor.site import STEP, Site
from tests.root import ROOT

PLUGINS = sorted(path.name for path in (ROOT / "plugins").iterdir() if path.is_dir())
HEAVY = ("trafilatura", "lxml", "numpy", "chardet", "babel", "py3langid", "eldc", "pycld2", "yaml")


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def sources(folder: str) -> list[Path]:
    """Return the Python files below a folder of the repository."""
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", sources("plugins"), ids=lambda path: path.stem)
def test_plugins_import_only_the_api(path: Path) -> None:
    """Of copydesk a plugin imports `copydesk.api` and nothing else; of other plugins nothing."""
    mine = path.relative_to(ROOT / "plugins").parts[0]
    others = {name for name in PLUGINS if name != mine}

    ours = {name for name in imports(path) if name.partition(".")[0] == "copydesk"}
    assert ours <= {"copydesk.api"}
    assert not {name for name in imports(path) if name.partition(".")[0] in others}


def test_core_imports_no_plugin() -> None:
    """No file of the core names a bundled plugin."""
    for path in sources("core"):
        assert not {name.partition(".")[0] for name in imports(path)} & set(PLUGINS), path


def test_api_rests_on_values_alone() -> None:
    """The api draws in none of the machinery: neither chain nor config nor workers."""
    code = "import sys, copydesk.api; print(*[m for m in sys.modules if m.startswith('copydesk')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    modules = {name.partition(".")[2].partition(".")[0] for name in done.stdout.split()} - {""}
    assert not modules & {"chain", "config", "workers", "run", "plan", "registry", "cli"}


def test_help_imports_nothing_heavy() -> None:
    """`copydesk --help` imports no model, no HTML parser and no plugin."""
    code = (
        "import sys, contextlib, copydesk.cli\n"
        "with contextlib.suppress(SystemExit): copydesk.cli.main(['--help'])\n"
        "print('\\n', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    modules = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "usage: copydesk" in done.stdout
    assert not modules & {*HEAVY, *PLUGINS}


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4 to measure a child")
def test_help_is_quick() -> None:
    """`copydesk --help` takes less than 0.3 s of CPU, the best of three."""

    def measure() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        words = [sys.executable, "-m", "copydesk.cli", "--help"]
        subprocess.run(words, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(measure() for _ in range(3)) < 0.3


def test_help_imports_no_installed_plugin(tmp_path: Path) -> None:
    """However many plugins are installed, `copydesk --help` imports and even looks for none."""
    site = Site(tmp_path)
    for number in range(20):
        site.add(f"dummy{number}", f"import numpy\n{STEP}")
    code = (
        "import sys, contextlib, copydesk.cli\n"
        "with contextlib.suppress(SystemExit): copydesk.cli.main(['--help'])\n"
        "print('\\n', *sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    modules = set(done.stdout.splitlines()[-1].split())
    assert not {name for name in modules if name.startswith("dummy")}
    assert not modules & {"numpy", "importlib.metadata", "pluggy", "copydesk.registry"}


def test_plugins_that_a_chain_does_not_allow_are_not_imported(tmp_path: Path) -> None:
    """A chain that names the plugins it allows imports those alone, of however many."""
    site = Site(tmp_path)
    for number in range(20):
        site.add(f"dummy{number}", STEP.replace("acme", f"dummy{number}"))
    (tmp_path / "chain.yaml").write_text("copydesk: 1\nplugins: {allow: [dummy3, dummy7]}\n")
    code = (
        "import sys; from pathlib import Path; from copydesk.opening import open_registry\n"
        "open_registry(Path('chain.yaml')); print(*sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    modules = {name for name in done.stdout.split() if name.startswith("dummy")}
    assert {"dummy3", "dummy7"} == modules

"""Tests of the doctor: whatever a plugin does when it is imported, it is told and costs no one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.core.doctor.site import STEP, Site

from copydesk.doctor.round import go_round
from copydesk.errors import PluginError
from copydesk.plugin import installed_plugins
from copydesk.testing import Desk

HEAVY = """
import time
time.sleep(0.02)
end = time.process_time() + 0.2
while time.process_time() < end: pass
"""
Found = tuple[str, str, str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return an empty site on the path."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.syspath_prepend(str(folder))
    return Site(folder)


def examine(name: str | None = None, timeout_seconds: float = 30) -> list[Found]:
    """Return what the doctor finds of the plugins of the site, or of one of them."""
    plugins = [plugin for plugin in installed_plugins() if not plugin.is_own]
    reports = go_round(plugins, (), name, timeout_seconds)
    found: list[Found] = [
        (it.severity, it.kind, it.detail) for report in reports for it in report.findings
    ]
    assert all(report.is_well for report in reports) == all("note" == it[0] for it in found)
    return found


def test_bundled_plugins_are_well(desk: Desk) -> None:
    """Nothing is to be mended in the plugins that come with Copydesk."""
    done = desk.copydesk("plugins", "doctor", "copydesk")

    assert (0, True) == (done.returncode, done.stderr.endswith("plugins: all well\n"))
    assert "copydesk:sqlite" in done.stdout


def test_nothing_to_say(site: Site, desk: Desk) -> None:
    """A plugin as it should be gets no finding, and its line says what it offers."""
    site.add("acme", STEP)

    done = desk.copydesk("plugins", "doctor", "acme")

    assert done.stdout.startswith("acme:it 1.2: step acme.shout; imported in 0.")
    assert "1 plugin: all well\n" == done.stderr
    assert 0 == done.returncode


@pytest.mark.parametrize(
    ("code", "expected", "words"),
    [
        ("1 / 0", ("error", "broken"), "division by zero; mend it, or block acme"),
        ("raise SystemExit(3)", ("error", "broken"), "it exits when it is imported, with 3"),
        ("import os; os._exit(5)", ("error", "broken"), "its import ends the process with code 5"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
            ("error", "broken"), "its import ends the process with SIGSEGV",
        ),
        (
            "import subprocess; subprocess.run(['sleep', '600'])",
            ("error", "hangs"), "has not come to an end in 5 seconds; run nothing at the top of a",
        ),
        ("copydesk_api = '>=7'", ("error", "api"), "made for copydesk API >=7, this is "),
        ("x = 1", ("error", "broken"), "it offers nothing"),
        (STEP + "\nprint('hello')", ("warning", "prints"), "it prints when it is imp"),
        (
            STEP + "\nimport sys; print('oh', file=sys.stderr)",
            ("warning", "prints"), "it prints when it is imported: 'oh'",
        ),
        (
            STEP.replace('"""How many exclamation marks to add."""', ""),
            ("warning", "options"), "acme.shout: no word of what it does is said of marks",
        ),
        (
            STEP.replace('"""Says everything louder."""', ""),
            ("warning", "summary"), "acme.shout: it is not said what it does",
        ),
        (STEP.replace("copydesk_api", "api"), ("note", "api"), 'add copydesk_api = ">=1,<2"'),
        (
            STEP + "\ndef later(): import not_there_at_all",
            ("note", "extra"), "parts of it need 'not_there_at_all'",
        ),
    ],
)  # fmt: skip
def test_one_finding(site: Site, code: str, expected: tuple[str, str], words: str) -> None:
    """Each thing that can be wrong is told as such, with what to do."""
    site.add("acme", code)

    found = examine(timeout_seconds=5)

    assert [expected] == [finding[:2] for finding in found], found
    assert words in found[0][2]


def test_libraries_at_the_top(site: Site) -> None:
    """A library that is known to be heavy, or takes long, is told when it is imported at once."""
    (site.folder / "numpy.py").write_text("")
    (site.folder / "unheard_of.py").write_text(HEAVY)
    site.add("acme", "import numpy, unheard_of\nfrom xml import sax\n" + STEP)

    ((severity, kind, detail),) = examine()

    assert ("warning", "heavy") == (severity, kind)
    assert detail.startswith("it imports unheard_of (0.")
    assert ", numpy (0.0" in detail
    assert "import them where they are used: in `build`" in detail


def test_libraries_imported_later(site: Site) -> None:
    """A library that is imported where it is used is no finding."""
    (site.folder / "numpy.py").write_text(HEAVY)
    site.add("acme", STEP + "\ndef later(): import numpy\n")

    assert [] == examine()


def test_slow_import(site: Site) -> None:
    """A plugin that takes its time itself is told so."""
    site.add("acme", HEAVY.replace("0.2", "0.6") + STEP)

    ((severity, kind, detail),) = examine()

    assert ("warning", "slow") == (severity, kind)
    assert "s of CPU; do less there" in detail


@pytest.mark.parametrize(
    ("requires", "command"),
    [
        ("not-there>=2 ; extra == 'fast'", "`pip install 'acme[fast]'`"),
        (
            "python-not-there; extra == \"fast\" and python_version > '3'",
            "`pip install 'acme[fast]'`",
        ),
        ("not-there>=2", "`pip install 'not-there>=2'`"),
        ("other; extra == 'x'", "`pip install not-there`, and have acme say that it needs it"),
    ],
)
def test_missing_library(site: Site, requires: str, command: str) -> None:
    """A library that is not there is told with the command that brings it."""
    site.add("acme", "import not_there", requires)

    found = {kind: (severity, detail) for severity, kind, detail in examine()}

    assert "error" == found["missing"][0]
    assert f"'not_there' is not installed; {command}" in found["missing"][1]


def test_requirements(site: Site) -> None:
    """Another version than the one it says it needs is told before it fails."""
    site.add("acme", STEP, "attrs>=99", "nothing-like-it; python_version < '3'", "x; extra == 'y'")

    ((severity, kind, detail),) = examine()

    assert ("error", "requires") == (severity, kind)
    assert "it needs attrs>=99, " in detail
    assert detail.endswith(" is installed; `pip install 'attrs>=99'`")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("gone", "names the module 'gone', and there is no 'gone'; mend [project.entry-points"),
        ("gone.below", "names the module 'gone.below', and there is no 'gone'"),
        ("acme:gone", "AttributeError: module 'acme' has no attribute 'gone'"),
    ],
)
def test_entry_points_that_lead_nowhere(site: Site, entry: str, words: str) -> None:
    """An entry point that names what is not there is told as such."""
    site.add("acme", STEP, entry=entry)

    ((severity, _, detail),) = examine()

    assert "error" == severity
    assert words in detail


def test_clash(site: Site) -> None:
    """Two plugins with the same name are told of each other, whichever is asked for."""
    site.add("acme", STEP)
    site.add("other", STEP)

    for one, two in (("acme", "other"), ("other", "acme")):
        ((severity, kind, detail),) = examine(one)
        assert ("error", "clash") == (severity, kind)
        assert f"the step 'acme.shout' is offered by {two}:it too; no chain can use it" in detail


def test_others_stay_well(site: Site, desk: Desk) -> None:
    """What one plugin does does not touch the report on another, nor the output."""
    site.add("acme", "print('{'); import os; os._exit(0)")
    site.add("other", STEP)

    done = desk.copydesk("plugins", "doctor", "--json")

    reports = {report["plugin"]: report for report in json.loads(done.stdout)["plugins"]}
    assert [] == reports["other:it"]["findings"]
    assert "broken" == reports["acme:it"]["findings"][0]["kind"]
    assert 1 == done.returncode


def test_asking_by_what_is_offered(site: Site) -> None:
    """A plugin is also found by the name of what it offers; an unknown name gets a suggestion."""
    site.add("acme", STEP)

    assert [] == examine("acme.shout")
    with pytest.raises(
        PluginError, match=r"no plugin 'acme.shuot' is installed; did you mean 'acm"
    ):
        examine("acme.shuot")


def test_blocked_plugin_is_not_imported(site: Site, desk: Desk) -> None:
    """What may not be loaded is not imported by the doctor either, and is told."""
    site.add("acme", "open('it-ran', 'w')")

    done = desk.copydesk("plugins", "doctor", "acme", "--no-external")

    assert "note     blocked: not allowed by --no-external; it was not imported" in done.stdout
    assert 0 == done.returncode
    assert not (desk.folder / "it-ran").exists()


def test_files_of_a_chain(desk: Desk) -> None:
    """The files that a chain lists are examined with `--config`."""
    (desk.folder / "mine.py").write_text(STEP.replace('"""Says everything louder."""', ""))
    (desk.folder / "chain.yaml").write_text("copydesk: 1\nplugins: [./mine.py]\n")

    done = desk.copydesk("plugins", "doctor", "mine.py", "--config", "chain.yaml")

    assert "  warning  summary: acme.shout: it is not said what it does" in done.stdout
    assert (1, "1 plugin: 0 errors, 1 warning\n") == (done.returncode, done.stderr)

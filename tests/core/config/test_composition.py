"""Tests of putting a chain together from files, profiles and settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.config.samples import CHAIN, LinesOptions, make_registry, write_chain

from copydesk.config.composition import Overrides, compose
from copydesk.config.load import check, find_profiles, load, select_plugins
from copydesk.errors import ConfigError
from copydesk.opening import check_chain

REGISTRY = make_registry()
TOP = """\
include: chain.yaml
change:
  - {options: {min_length: 7}, of: lines}
  - remove: names
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with a chain in it."""
    monkeypatch.chdir(tmp_path)
    write_chain(Path())
    return Path()


def write(name: str, text: str) -> Path:
    """Write a file."""
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def tell(text: str, **overrides: object) -> list[str]:
    """Return the faults of a chain that includes the sample."""
    path = write("top.yaml", text)
    return [str(f) for f in check(path, REGISTRY, overrides=Overrides(**overrides))]  # type: ignore[arg-type]


def test_include(folder: Path) -> None:
    """A chain on top of another has its steps, changed, and its keys."""
    config = load(write("top.yaml", TOP), REGISTRY)

    assert Path("top.yaml") == config.path
    assert ["chardet", "lines", "identify"] == [step.label for step in config.chain]
    assert LinesOptions(min_length=7, labels=("PERSON",)) == config.chain[1].options
    assert Path("articles") == config.source.options.path
    assert ["chain.yaml:6:5", "chain.yaml:7:10", "chain.yaml:12:5"] == [
        str(step.place) for step in config.chain
    ]


def test_paths_are_relative_to_their_file(folder: Path) -> None:
    """Each path starts from the folder of the file that it stands in."""
    write("a/low.yaml", CHAIN.replace("articles", "../articles"))
    top = write("b/top.yaml", "include: ../a/low.yaml\nstore: {options: {path: top.db}}\n")
    config = load(top, REGISTRY)

    assert Path("b/../a/../articles") == config.source.options.path
    assert Path("b/top.db") == config.store.options.path
    assert "sqlite" == config.store.use


def test_include_of_several(folder: Path) -> None:
    """Of several files the later ones lie on top, the chain itself on all of them."""
    write("one.yaml", "timeout_seconds: 1\nstore: {options: {path: one.db}}\n")
    write("two.yaml", "timeout_seconds: 2\n")
    top = write("top.yaml", "include: [chain.yaml, one.yaml, two.yaml]\n")
    config = load(top, REGISTRY)

    assert 2.0 == config.timeout_seconds
    assert Path("one.db") == config.store.options.path


def test_include_of_includes(folder: Path) -> None:
    """What is included may include, and the same file may come by two ways."""
    write("one.yaml", TOP)
    top = write("top.yaml", "include: [one.yaml, one.yaml]\nchange: [{remove: lines}]\n")

    assert ["chardet", "identify"] == [step.label for step in load(top, REGISTRY).chain]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("include: chian.yaml", ("1:10: include: 'chian.yaml' does not exist; "
                                 "did you mean 'chain.yaml'?")),
        ("include: [chain.yaml, 3]", "1:23: include: found the number 3; give a path"),
        ("include: {a: b}", "1:10: include: found a mapping; give a path"),
        ("include: articles", ("1:10: include: 'articles' is no file; "
                               "give the path of a chain in YAML")),
        ("include: top.yaml", ("1:10: include: the chain includes itself, "
                               "top.yaml -> top.yaml; remove one")),
        ("include: around.yaml", ("around.yaml:1:10: include: the chain includes itself, "
                                  "top.yaml -> around.yaml -> top.yaml; remove one")),
        ("include: ${NO_SUCH}", ("1:10: the environment variable 'NO_SUCH' is not set; "
                                 "set it, or give a default: ${NO_SUCH:-...}")),
        ("include: broken.yaml", ("broken.yaml:1:5: the file ends inside a '[' or '{'; "
                                  "close it")),
        ("include: list.yaml", ("list.yaml:1:1: found a list; "
                                "begin the file with 'copydesk: 1'")),
        ("include: many.yaml", ("many.yaml:1:506: include: more than 100 files in all; "
                                "include fewer")),
        (TOP + "stor: x", "5:1: unknown key 'stor'; did you mean 'store'?"),
        (TOP.replace("of: lines", "of: linse"), ("3:36: no step is labelled 'linse'; "
                                                 "did you mean 'lines'?")),
        (TOP.replace("min_length: 7", "min_length: 4"), "3:28: 'min_length' must be >= 5: 4"),
        ("include: chain.yaml\nchange: x", "2:9: change: found 'x'; give a list of mappings: [x]"),
        ("include: chain.yaml\nprofiles: [x]", ("2:11: profiles: found a list; "
                                                "give a mapping to mappings")),
        ("include: chain.yaml\nchange: [{insert: {use: a}, after: names}]",
         "2:25: no step named 'a'; `copydesk plugins` lists what is installed"),
        ("include: chain.yaml\nchange: [{insert: boilerplate.lines, after: names}]",
         ("2:19: the label 'lines' is taken by the step in line 7 of chain.yaml; "
          "give this one a 'label' of its own")),
        (("include: chain.yaml\n"
          "change: [{remove: chardet}, {insert: encoding.chardet, after: names}]"),
         ("chain.yaml:7:10: 'lines' needs 'text', which no step before it gives; "
          "move 'chardet' of line 2 of top.yaml above it")),
    ],
)  # fmt: skip
def test_faults(text: str, message: str, folder: Path) -> None:
    """A mistake in what is put together is told in the file that it stands in, and alone."""
    write("around.yaml", "include: top.yaml\n")
    write("broken.yaml", "a: [\n")
    write("list.yaml", "- a\n")
    write("many.yaml", f"include: [{', '.join(['a.y'] * 101)}]\n")
    write("a.y", "{}\n")
    place = message if ".yaml:" in message[:12] else f"top.yaml:{message}"

    assert [place] == tell(text)


def test_profile(folder: Path) -> None:
    """A profile is laid on top when it is chosen, and only then."""
    text = f"{CHAIN}profiles:\n  fast: {{timeout_seconds: 5, change: [{{remove: names}}]}}\n"
    path = write("top.yaml", text)
    fast = load(path, REGISTRY, overrides=Overrides("fast"))

    assert ("names", 60.0) == (
        load(path, REGISTRY).chain[-1].label, load(path, REGISTRY).timeout_seconds,
    )  # fmt: skip
    assert ("identify", 5.0) == (fast.chain[-1].label, fast.timeout_seconds)
    assert ("fast",) == find_profiles(path)


def test_everything_wrong_with_includes(folder: Path) -> None:
    """Each file that cannot be included is told, also what is wrong inside the others."""
    (folder / "list.yaml").write_text("[]\n")
    (folder / "top.yaml").write_text("include: [articles, list.yaml, chian.yaml, chain.yaml]\n")

    assert [
        "list.yaml:1:1: found a list; begin the file with 'copydesk: 1'",
        "top.yaml:1:11: include: 'articles' is no file; give the path of a chain in YAML",
        "top.yaml:1:32: include: 'chian.yaml' does not exist; did you mean 'chain.yaml'?",
    ] == [str(fault).replace(f"{folder}/", "") for fault in check(folder / "top.yaml", REGISTRY)]


def test_profiles_of_what_is_included(folder: Path) -> None:
    """The profiles of an included chain can be chosen too, and be added to."""
    write("low.yaml", f"{CHAIN}profiles: {{a: {{timeout_seconds: 5}}, b: {{}}}}\n")
    top = write("top.yaml", "include: low.yaml\nprofiles: {a: {change: [{remove: names}]}}\n")
    config = load(top, REGISTRY, overrides=Overrides("a"))

    assert ("a", "b") == find_profiles(top)
    assert (5.0, "identify") == (config.timeout_seconds, config.chain[-1].label)


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("fats", "--profile fats: the chain has no profile 'fats'; did you mean 'fast'?"),
        ("list", "top.yaml:19:9: profiles.list: found a list; give a mapping"),
        ("odd", ("top.yaml:20:9: unknown key 'sourc' of the profile 'odd'; "
                 "did you mean 'source'?")),
        ("wrong", "top.yaml:21:28: timeout_seconds: found 'x'; give a number"),
    ],
)  # fmt: skip
def test_faults_of_profiles(profile: str, message: str, folder: Path) -> None:
    """A mistake in a profile is told when it is chosen, and by `check` in any case."""
    profiles = "  fast: {}\n  list: []\n  odd: {sourc: x}\n  wrong: {timeout_seconds: x}\n"
    text = f"{CHAIN}profiles:\n{profiles}"

    assert [] == tell(text)
    assert [message] == tell(text, profile=profile)


def test_check_looks_into_every_profile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no profile is chosen all are checked; a variable that only they need may be missing."""
    monkeypatch.setattr("copydesk.opening.open_registry", lambda *_: REGISTRY)
    monkeypatch.delenv("NO_SUCH", raising=False)
    text = (
        f"{CHAIN}profiles:\n  a: {{timeout_seconds: x}}\n  b: {{timeout_seconds: ${{NO_SUCH}}}}\n"
    )
    text = text.replace("${NO_SUCH}", '"${NO_SUCH}"')
    path = write("top.yaml", text)

    assert [
        "top.yaml:18:24: timeout_seconds: found 'x'; give a number",
        (
            "top.yaml:19:25: warning: the environment variable 'NO_SUCH' is not set; "
            "set it, or give a default: ${NO_SUCH:-...}"
        ),
    ] == [str(fault) for fault in check_chain(path, Overrides())]
    assert ["error"] == [fault.severity for fault in check_chain(path, Overrides("b"))]


def test_settings_come_last(folder: Path) -> None:
    """What the command line sets stands over file and profile, in the order it is given."""
    path = write("top.yaml", f"{CHAIN}profiles: {{a: {{timeout_seconds: 5}}}}\n")
    settings = ("timeout_seconds=6", "timeout_seconds=7", "chain.lines.options.keep_links=false")
    config = load(path, REGISTRY, overrides=Overrides("a", settings))

    assert 7.0 == config.timeout_seconds
    assert not config.chain[1].options.keep_links


def test_faults_of_settings(folder: Path) -> None:
    """A setting that does not fit is told as what it is."""
    settings = ("chain.lines.options.min_lenght=3", "chain.lines.options.min_length=3", "sorce=x")

    assert [
        (
            "--set chain.lines.options.min_lenght: unknown option 'min_lenght' of "
            "boilerplate.lines; did you mean 'min_length'?"
        ),
        "--set chain.lines.options.min_length: 'min_length' must be >= 5: 3",
        "--set sorce: unknown key 'sorce'; did you mean 'source'?",
    ] == tell(CHAIN, settings=settings)


def test_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables are put into values of every layer, after those that are replaced are gone."""
    monkeypatch.setenv("COPYDESK_LENGTH", "50")
    text = CHAIN.replace("min_length: 40", "min_length: ${COPYDESK_LENGTH}")
    path = write("top.yaml", text.replace("path: out.db", 'path: "${NO_SUCH}"'))
    config = load(path, REGISTRY, overrides=Overrides(settings=("store.options.path=${X:-x.db}",)))

    assert 50 == config.chain[1].options.min_length
    assert Path("x.db") == config.store.options.path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("use: folder", "use: '${NO_SUCH}'"),
        ("- encoding.chardet", "- ${NO_SUCH}"),
        ("min_length: 40", "min_length: ${NO_SUCH}"),
        ("[PERSON]", "['${NO_SUCH}']"),
        ("options: {path: articles}", "options: '${NO_SUCH}'"),
        ("document.media_type ==", "${NO_SUCH} =="),
        ("path: articles", "path: '${NO_SUCH}'"),
        ("on_error: skip", "on_error: ${NO_SUCH}"),
        ("timeout_seconds: 20", "label: ${NO_SUCH}"),
        ("store: {use: sqlite, options: {path: out.db}}", "store: ${NO_SUCH}"),
    ],
)
def test_unset_variables_are_told_alone(old: str, new: str, folder: Path) -> None:
    """What is missing because a variable is missing is not told as well."""
    (fault,) = tell(CHAIN.replace(old, new))

    assert "the environment variable 'NO_SUCH' is not set" in fault
    with pytest.raises(ConfigError):
        load(Path("top.yaml"), REGISTRY)


def test_plugins_of_all_layers(folder: Path) -> None:
    """The files of plugins are gathered from every layer, each beside its chain."""
    for name in ("a/mine.py", "other.py", "third.py"):
        write(name, "")
    write("a/low.yaml", "plugins: [mine.py]\n")
    top = write(
        "top.yaml",
        "include: [chain.yaml, a/low.yaml]\n"
        "plugins: [other.py]\n"
        "profiles: {p: {plugins: [third.py]}}\n",
    )

    assert (Path("a/mine.py"), Path("other.py")) == select_plugins(top).files
    assert Path("third.py") in select_plugins(top, compose(top, Overrides("p"))).files

"""Tests that break the default chain as a newcomer would, and hold what is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.root import ROOT

from copydesk.config.composition import Overrides
from copydesk.config.load import check
from copydesk.opening import check_chain
from copydesk.registry import Registry
from copydesk.testing import Desk

TEXT = (ROOT / "config/news.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the installed plugins, once."""
    return Registry.installed()


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where to write the chain: in a folder with seeds, as in the repository."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "config").mkdir()
    return Path("config/news.yaml")


MISTAKES: list[tuple[str, str, str]] = [
    ("- language.identify", "- language.identfy",
     "+0:5: no step named 'language.identfy'; did you mean 'language.identify'?"),
    ("- encoding.chardet", "- chardet",
     "+0:5: no step named 'chardet'; did you mean 'encoding.chardet'?"),
    ("use: folder", "use: foldr", "+0:8: no source named 'foldr'; did you mean 'folder'?"),
    ("copydesk: 1 ", "copydesk: 2 ", "+0:11: copydesk: found the number 2; give 1"),
    ("copydesk: 1 ", "copydesk: 1\ntets: [] ", "+1:1: unknown key 'tets'; did you mean 'tests'?"),
    ("path: ../seeds", "include: ['*.txt']",
     "+0:5: the option 'path' of folder is missing; add it: a path, the folder"),
    ("path: ../seeds", "path: ../seeds\n    exlude: [old]",
     "+1:5: unknown option 'exlude' of folder; did you mean 'exclude'?"),
    ("path: ../seeds", "path: ../sedes",
     "+0:11: 'config/../sedes' does not exist; did you mean 'seeds'?"),
    ("path: ../seeds", "path: ../seeds\n    max_bytes: 1.9",
     "+1:16: max_bytes: found the number 1.9; give a whole number"),
    ("path: ../seeds", "path: ../seeds\n    max_bytes: 0",
     "+1:16: 'max_bytes' must be >= 1: 0"),
    ("path: ../seeds", "path: ../seeds\n    include: *.txt",
     "+1:14: '*' has a meaning in YAML here; quote the value"),
    ("    path: ../seeds", "\tpath: ../seeds", "+0:1: a tab; indent with spaces"),
    ("    path: ../seeds", "    path: ../seeds\n   include: ['*.txt']",
     "+1:4: this does not belong to the lines above; check the indentation"),
    ("labels: [PERSON, ORG, PLACE]", "use_bundled: no",
     "+0:20: use_bundled: found 'no'; give true or false, here false"),
    ("labels: [PERSON, ORG, PLACE]", "labels: PERSON",
     "+0:15: labels: found 'PERSON'; give a list of texts: [PERSON]"),
    ("labels: [PERSON, ORG, PLACE]", "labels: [PERSON, ORGS]",
     ("+0:15: labels: no bundled name is labelled 'ORGS'; "
      "give PERSON, ORG, PLACE, or 'names' of your own")),
    ("- entities.amounts", "- {use: entities.amounts, options: {labels: [NUMBER, MONY]}}",
     "+0:56: labels[1]: found 'MONY'; did you mean 'MONEY'?"),
    ("labels: [PERSON, ORG, PLACE]", "labels: &all [PERSON, *all]",
     "+0:29: '*all' stands for something that contains it; remove it"),
    ("labels: [PERSON, ORG, PLACE]", "labels: [PERSON, ORG, PLACE",
     "+1:13: ',' or ']' is missing for the '[' of line 44, or a value here needs quotes; add it"),
    ("on_error: quarantine ", "on_error: ignore ",
     "+0:15: on_error: found 'ignore'; the choices are drop, quarantine, skip, stop"),
    ("timeout_seconds: 60 ", "timeout_seconds: 1m ",
     "+0:22: timeout_seconds: found '1m'; give a number"),
    ("  - entities.amounts", "  - boilerplate.lines",
     ("+0:5: the label 'lines' is taken by the step in line 32; "
     "give this one a 'label' of its own")),
    ("  - encoding.chardet\n", "",
     ("+3:10: 'trafilatura' needs 'text', which no step before it gives; "
     "put encoding.chardet or encoding.charset_normalizer above it")),
    ("  - language.identify", "  -language.identify",
     "+0:3: neither 'key: value' nor '- item'; put a space after ':' or '-'"),
    ('document.media_type == "text/html"', 'document.mediatype == "text/html"',
     "+0:11: when: unknown field 'document.mediatype'; did you mean 'document.media_type'?"),
    ('document.media_type == "text/html"', 'document.media_type = "text/html"',
     "+0:31: when: token recognition error at: '= '; compare with =="),
    ('document.media_type == "text/html"', "document.media_type == 1",
     "+0:31: when: '==' does not take string and int; give it things of one type"),
    ('document.media_type == "text/html"', '"MONEY" in document.labels',
     ("+0:19: text after a closing quote; "
     "quote the whole value: '\"MONEY\" in document.labels'")),
    ('document.media_type == "text/html"', 'document.uri == "a #b"',
     ("+0:27: when: token recognition error at: '\"a'; "
      "close the quote; if it holds ' #', quote the whole value")),
    ('document.media_type == "text/html"', "document.size > 1 & document.size < 9",
     "+0:29: when: token recognition error at: '& '; write && for 'and'"),
    ('document.media_type == "text/html"', "document.encoding.confidence > 1",
     ("+0:40: when: '>' does not take double and int; "
      "write the number with a point, such as 1.0")),
    ('document.media_type == "text/html"', "'document.uri.matches(\"(a\")'",
     "+0:12: when: invalid regular expression: missing ): (a; mend the pattern"),
    ('document.media_type == "text/html"', "'document.labels == []'",
     ("+0:12: warning: when: 'document.labels' is empty here, as no step before gives it; "
      "move this step below one that gives 'entities'")),
    ('document.media_type == "text/html"', "true",
     '+0:11: when: found true; give text, quoted: "true"'),
    ("- entities.amounts", "- entities.amounts: {labels: [MONEY]}",
     ("+0:5: found 'entities.amounts' as a key; "
      "write 'use: entities.amounts', with its options under 'options'")),
    ("- entities.amounts", "- &step {use: entities.amounts}\n  - {<<: *step, label: again}",
     ("+1:6: '<<' merges mappings in YAML 1.1, and is no part of 1.2; "
      "write out the keys, or use 'include' and 'change'")),
    ("- entities.amounts", "- [entities.amounts]",
     "+0:5: found a list; give the name of a step, or a mapping with 'use'"),
    ("- entities.amounts", "- {use: entities.amounts, label: a b}",
     "+0:36: 'label' must match regex '[\\\\w-]+' ('a b' doesn't)"),
    ("- entities.amounts", "- {use: entities.amounts, options_by_language: {deutsch: {}}}",
     "+0:51: 'deutsch' is no code of a language; write it like de or zh-Hant"),
    ("- entities.amounts", "- ${STEP}",
     ("+0:5: the environment variable 'STEP' is not set; "
      "set it, or give a default: ${STEP:-...}")),
    ("timeout_seconds: 60 ", "timeout_seconds: -5 ", "+0:22: 'timeout_seconds' must be > 0: -5.0"),
    ("timeout_seconds: 60 ", "timeout_seconds: .nan ",
     "+0:22: 'timeout_seconds' must be > 0: nan"),
    ("timeout_seconds: 60 ", f"timeout_seconds: {'9' * 5000} ",
     "+0:22: a number of thousands of digits; quote it if it is text"),
    ("timeout_seconds: 60 ", "timeout_seconds: 1_000 ",
     "+0:22: timeout_seconds: found '1_000'; give a number"),
    ("path: ../seeds", f"path: {'[' * 500}", "+0:72: more than 64 levels deep; make it flatter"),
    ("path: ../seeds", "path: ~/seeds",
     ("+0:11: 'config/~/seeds' does not exist; "
      "'~' is not unfolded in a chain, so write ${HOME}")),
    ("path: ../out/news.db", "paht: ../out/news.db",
     "+0:5: unknown option 'paht' of sqlite; did you mean 'path'?"),
    ("store:\n", "Store:\n", "+0:1: unknown key 'Store'; did you mean 'store'?"),
    ("  use: sqlite\n", "  use = sqlite\n",
     "+1:10: the line above, 'use = sqlite', has a '=' for its ':'; write ': '"),
    ("  use: sqlite\n", "  use: !!str sqlite\n",
     "+0:8: the tag '!!str' is not supported; remove it, or quote the whole value"),
    ("# Where records go", "---\n# Where records go",
     "+0:1: a second document; a file holds one chain, so remove the '---'"),
    ("000_b5b4755f08ab53c0.txt", "000_b5b4755f08ab53c1.txt",
     ("+0:11: warning: 'config/../seeds/000_b5b4755f08ab53c1.txt' does not exist; "
      "did you mean '000_b5b4755f08ab53c0.txt'?")),
    ("../seeds/000_b5b4755f08ab53c0.txt", "../seeds",
     "+0:11: warning: 'config/../seeds' is no file; give the path of one"),
    ("encoding.name: utf-8", "encoding.nam: utf-8",
     "+0:16: unknown field 'nam' of encoding; did you mean 'name'?"),
    ("encoding.name: utf-8", "encoding.name: 8",
     '+0:22: encoding.name: found the number 8; give text, quoted: "8"'),
    ('{text: {matches: "^钛媒体注:', '{text: {matches: "^(钛媒体注:',
     ("+0:44: text: matches: missing ): ^(钛媒体注:.*经授权发布。$; "
      "mend the pattern (in RE2's dialect)")),
    ("outcome: quarantined", "outcome: quarantine",
     "+0:23: outcome: found 'quarantine'; did you mean 'quarantined'?"),
    ("  use: sqlite", "  use: sqlite\n  use: postgres",
     "+1:3: the key 'use' is already set in line 50; remove one"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_mistakes(old: str, new: str, expected: str, config: Path, registry: Registry) -> None:
    """Each mistake is told where it is, with what was found and what to do, and nothing else is."""
    assert old in TEXT
    config.write_text(TEXT.replace(old, new), encoding="utf-8")
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    shift, _, message = expected.partition(":")

    assert [f"config/news.yaml:{line + int(shift)}:{message}"] == [
        str(fault) for fault in check(config, registry)
    ]


FAST = (ROOT / "config/fast.yaml").read_text(encoding="utf-8")
MISTAKES_ON_TOP: list[tuple[str, str, str]] = [
    ("include: news.yaml", "include: new.yaml",
     "+0:10: include: 'config/new.yaml' does not exist; did you mean 'news.yaml'?"),
    ("include: news.yaml", "include: fast.yaml",
     ("+0:10: include: the chain includes itself, "
      "config/fast.yaml -> config/fast.yaml; remove one")),
    ("include: news.yaml", "include: ${BASE}",
     ("+0:10: the environment variable 'BASE' is not set; "
      "set it, or give a default: ${BASE:-...}")),
    ("of: identify", "of: identfy",
     "+0:9: no step is labelled 'identfy'; did you mean 'identify'?"),
    ("backend: eldc", "backend: eldec", "+0:24: backend: found 'eldec'; did you mean 'eldc'?"),
    ("  - remove: names", "  - delete: names",
     "+0:5: unknown change 'delete'; the changes are insert, options, remove, replace"),
    ("  - remove: names", "  - insert: encoding.repair",
     ("+0:5: a change with 'insert' needs one place; "
      "give the label of 'before' or of 'after'")),
    ("  - remove: names", "  - {insert: boilerplate.lines, after: names}",
     ("+0:14: the label 'lines' is taken by the step in line 32 of config/news.yaml; "
      "give this one a 'label' of its own")),
    ("  - remove: names", "  - {replace: names}",
     ("+0:5: the key 'with' of a change with 'replace' is missing; "
      "add it: the step that comes")),
    ("          label: compared\n", "          label: compared\n          on_error: skip\n",
     ("+1:11: unknown key 'on_error' of step; the keys are label, options, "
      "options_by_language, timeout_seconds, use, when")),
    ("  - remove: names",
     "  - {replace: names, with: {use: entities.names, options_by_language: {DE: {}}}}",
     "+0:72: 'DE' is no code of a language; write it like de or zh-Hant"),
    ("        - use: boilerplate.trafilatura\n          label: compared\n", "",
     "-2:9: first: Length of 'first' must be >= 2: 1"),
    ("path: ../out/fast.db", "path: ${OUT}/fast.db",
     ("+0:11: the environment variable 'OUT' is not set; "
      "set it, or give a default: ${OUT:-...}")),
    ("path: ../out/fast.db", "path: ${OUT-../out}/fast.db",
     ("+0:11: '${OUT-../out}/fast.db' does not begin with ${NAME} or ${NAME:-default}; "
      "mend it, or write $${ for a plain ${")),
    ("store:\n", "profiles: {quick: {timeout_second: 5}}\nstore:\n",
     ("+0:20: unknown key 'timeout_second' of the profile 'quick'; "
      "did you mean 'timeout_seconds'?")),
    ("store:\n", "profiles: [quick]\nstore:\n",
     "+0:11: profiles: found a list; give a mapping to mappings"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES_ON_TOP)
def test_mistakes_on_top(
    old: str, new: str, expected: str, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each mistake in a chain that lies on top of another is told in its own file."""
    for name in ("BASE", "OUT"):
        monkeypatch.delenv(name, raising=False)
    assert old in FAST
    config.write_text(TEXT, encoding="utf-8")
    fast = config.with_name("fast.yaml")
    fast.write_text(FAST.replace(old, new), encoding="utf-8")
    line = FAST[: FAST.index(old)].count("\n") + 1
    shift, _, message = expected.partition(":")

    assert [f"config/fast.yaml:{line + int(shift)}:{message}"] == [
        str(fault) for fault in check_chain(fast, Overrides())
    ]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + TEXT.encode(), TEXT.replace("\n", "\r\n").encode(), f"{TEXT}...\n".encode()],
    ids=["mark", "windows", "end"],
)
def test_files_that_are_fine(content: bytes, config: Path, registry: Registry) -> None:
    """A byte order mark, line ends of Windows and an end of the document are no mistakes."""
    config.write_bytes(content)

    assert [] == check(config, registry)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode("utf-16"), "1:1: the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"# \xe9\n" + TEXT.encode(), "1:3: the byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b"", "1:1: the file is empty; begin with 'copydesk: 1'"),
        (b"# soon\n", "1:1: the file is empty; begin with 'copydesk: 1'"),
        (b"- a\n", "1:1: found a list; begin the file with 'copydesk: 1'"),
        (b"hello\n", "1:1: found 'hello'; begin the file with 'copydesk: 1'"),
        (b"%YAML 1.1\n---\n" + TEXT.encode(),
         "1:1: files are read as YAML 1.2; remove the line that begins with %"),
        (None, " cannot be read: is a directory; check the path"),
    ],
)  # fmt: skip
def test_files_that_are_no_chain(
    content: bytes | None, expected: str, config: Path, registry: Registry
) -> None:
    """What is no text, or no chain at all, is told once."""
    if content is None:
        config.mkdir()
    else:
        config.write_bytes(content)

    assert [f"config/news.yaml:{expected}"] == [str(fault) for fault in check(config, registry)]


def test_all_at_once(desk: Desk) -> None:
    """The command tells every mistake of every file, and that the user must act."""
    shutil.copytree(ROOT / "seeds", desk.folder / "seeds")
    (desk.folder / "config").mkdir()
    text = TEXT.replace("use: sqlite", "use: sqllite").replace("copydesk: 1 ", "copydesk: 2 ")
    (desk.folder / "config/news.yaml").write_text(text, encoding="utf-8")
    done = desk.copydesk("check", "config/news.yaml", "config/other.yaml", "--format", "github")

    assert 2 == done.returncode
    assert "" == done.stderr
    assert [
        "::error file=config/news.yaml,line=12,col=11::copydesk: found the number 2; give 1",
        (
            "::error file=config/news.yaml,line=50,col=8::"
            "no store named 'sqllite'; did you mean 'sqlite'?"
        ),
        "::error file=config/other.yaml::cannot be read: no such file or directory; check the path",
    ] == done.stdout.splitlines()

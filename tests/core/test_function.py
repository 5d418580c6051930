"""Steps that are decorated functions: their options, their mistakes, and their way to a worker."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from attrs import evolve
from attrs.validators import ge

from copydesk.api import Document, Drop, Item, spec_of, step
from copydesk.bounds import bounds_of
from copydesk.errors import PluginError
from copydesk.fields import REQUIRED, fields_of
from copydesk.registry import Registry
from copydesk.testing import Desk

SHOUT = '''
from attrs import evolve
from copydesk.api import Document, step


@step("shout", gives=("text",))
def shout(document: Document, *, marks: int = 1) -> Document:
    """Adds exclamation marks.

    Args:
        marks: How many
            to add.
    """
    return evolve(document, text=(document.text or "") + "!" * marks)
'''
CHAIN = """
copydesk: 1
plugins: [./mine.py]
source: {use: folder, options: {path: articles}}
chain:
  - encoding.chardet
  - use: shout
    options: {marks: 3}
store: {use: sqlite, options: {path: out.db}}
"""


@step("test.cut", needs=("text", "language"), gives=("text",), kind="boilerplate", version="7")
def cut(
    document: Document,
    *,
    words: tuple[str, ...],
    most: Annotated[int, ge(1)] = 3,
    how: Literal["head", "tail"] = "head",
    from_: str | None = None,
) -> Document | Drop:
    """Cuts words out.

    :param words: What to cut.
    :param most: How often
        at most.
    """
    return Drop(f"{words} {most} {how} {from_}")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with one plugin file, a chain that uses it, and one article."""
    (tmp_path / "mine.py").write_text(SHOUT, "utf-8")
    (tmp_path / "chain.yaml").write_text(CHAIN, "utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/a.txt").write_text("The harbour is open", "utf-8")
    return Desk(tmp_path)


def test_parameters_are_options() -> None:
    """Name, type, default, bounds and documentation of an option come from its parameter."""
    spec = spec_of(cut)
    found = {field.name: field for field in fields_of(spec.options)}

    assert ["words", "most", "how", "from"] == list(found)
    assert [REQUIRED, 3, "head", None] == [field.default for field in found.values()]
    assert "What to cut." == found["words"].documentation
    assert "How often at most." == found["most"].documentation
    assert "" == found["how"].documentation
    assert {"minimum": 1} == bounds_of(found["most"].attribute.validator)


def test_spec_has_what_the_decorator_was_given() -> None:
    """The spec is the one that the decorator describes, and its summary the docstring's."""
    spec = spec_of(cut)

    assert ("test.cut", "boilerplate", "7") == (spec.name, spec.kind, spec.version)
    assert (("text", "language"), ("text",)) == (spec.needs, spec.gives)
    assert (spec.build.__doc__ or "").startswith("Cuts words out.")


def test_options_are_checked_and_frozen() -> None:
    """A value out of bounds, an unknown and a missing option are refused, and none can be set."""
    options = spec_of(cut).options(words=("a",))

    with pytest.raises(ValueError, match="must be >= 1"):
        evolve(options, most=0)
    with pytest.raises(TypeError, match="words"):
        spec_of(cut).options()
    with pytest.raises(AttributeError):
        options.most = 4


def test_function_is_called_with_its_options() -> None:
    """The step at work calls the function with the document and every option by name."""
    built: Any = spec_of(cut)
    at_work = built.build(built.options(words=("a",), from_="x"))

    assert Drop("('a',) 3 head x") == at_work.process(Document(Item("a")))
    assert Drop("() 1 tail None") == cut(Document(Item("a")), words=(), most=1, how="tail")


def test_spec_and_options_can_be_pickled() -> None:
    """What a worker on another machine needs comes through pickle whole."""
    spec = spec_of(cut)
    options = spec.options(words=("a",), most=2)
    again: Any = pickle.loads(pickle.dumps((spec, options)))

    assert options == again[1]
    assert type(options) is type(again[1]) is again[0].options
    assert Drop("('a',) 2 head None") == again[0].build(again[1]).process(Document(Item("a")))


def test_chain_uses_a_function(desk: Desk) -> None:
    """A file with one decorated function is a plugin: checked, run in workers, and recorded."""
    assert 0 == desk.copydesk("check", "chain.yaml").returncode
    assert 1 == desk.run("chain.yaml")["done"]
    assert "The harbour is open!!!" == desk.records()["a.txt"]["text"]


def test_function_is_shown(desk: Desk) -> None:
    """`plugins show` tells the summary, the options and their documentation."""
    shown = desk.copydesk("plugins", "show", "shout", "--config", "chain.yaml").stdout

    assert "Adds exclamation marks." in shown
    assert "marks: a whole number; default 1\n      How many to add." in shown


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("{mark: 3}", "unknown option 'mark' of shout; did you mean 'marks'"),
        ("{marks: x}", "whole"),
    ],
)
def test_wrong_option_in_a_chain(desk: Desk, options: str, words: str) -> None:
    """The lint tells a wrong option of a function as it does of any step."""
    (desk.folder / "chain.yaml").write_text(CHAIN.replace("{marks: 3}", options), "utf-8")
    done = desk.copydesk("check", "chain.yaml")

    assert 2 == done.returncode
    assert words in done.stdout + done.stderr


def test_function_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package offers the functions that its first module names, once, and no one else's."""
    package = tmp_path / "plugin_of_functions"
    package.mkdir()
    (package / "_shout.py").write_text(SHOUT, "utf-8")
    (package / "__init__.py").write_text(
        "from plugin_of_functions._shout import shout\nagain = shout\n"
        "from tests.core.test_function import cut\n",
        "utf-8",
    )
    info = tmp_path / "functions-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: functions\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[copydesk]\nit = plugin_of_functions\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    registry = Registry.installed()

    assert ("functions", "1.2") == (
        (offer := registry.offer("step", "shout")).plugin,
        offer.version,
    )
    assert "test.cut" not in registry.names("step")
    assert [] == registry.problems


def bare(document: Document, *, marks=1) -> Document:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Leave the type of an option out."""
    return document


def positional(document: Document, marks: int = 1) -> Document:
    """Take an option by position."""
    return document


def many(document: Document, *marks: int) -> Document:
    """Take any number."""
    return document


def open_ended(document: Document, **marks: int) -> Document:
    """Take any name."""
    return document


def changing(document: Document, *, marks: list[str] = []) -> Document:  # noqa: B006
    """Have a default that can change."""
    return document


def unknown(document: Document, *, marks: Nowhere = 1) -> Document:  # type: ignore[name-defined] # noqa: F821
    """Have a type that nobody knows."""
    return document


def alone(*, marks: int = 1) -> Document:
    """Take no document."""
    raise NotImplementedError


async def late(document: Document) -> Document:
    """Return later."""
    return document


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (bare, "'marks' has no type; annotate it"),
        (positional, "'marks' is positional; put '*,' before it"),
        (many, "'*marks' names no option"),
        (open_ended, "'**marks' names no option"),
        (changing, "'marks' has a default that can change; give a tuple"),
        (unknown, "name 'Nowhere' is not defined"),
        (alone, "make the document its first parameter"),
        (late, "without async"),
    ],
)
def test_function_that_is_no_step(function: Callable[..., Any], words: str) -> None:
    """A function that cannot be a step is refused, with its name, its place and what to do."""
    line = function.__code__.co_firstlineno
    place = rf"tests/core/test_function\.py:{line}: {function.__name__}\(\): "

    with pytest.raises(PluginError, match=f"{place}.*{re.escape(words)}"):
        step("wrong")(function)


def test_class_is_no_function() -> None:
    """A class is refused with the way that is there for it."""
    with pytest.raises(PluginError, match="offer a class with copydesk_steps"):
        step("wrong")(Drop)


def test_wrong_name_and_field() -> None:
    """What the spec refuses is told at the place of the function."""
    with pytest.raises(PluginError, match=r"test_function.py:\d+: .*cannot be named 'Wrong!'"):
        step("Wrong!")(lambda document: document)
    with pytest.raises(PluginError, match=r"did you mean 'text'"):
        step("wrong", gives=("txt",))(lambda document: document)


def test_plain_function_has_no_spec() -> None:
    """Asking an undecorated function for its spec says what to do."""
    with pytest.raises(TypeError, match=r"decorate it with @step"):
        spec_of(positional)


def test_docstring_reader_is_not_imported_to_run(desk: Desk) -> None:
    """Only who shows the documentation of a function imports what reads it."""
    code = (
        "import sys; from pathlib import Path; from copydesk.registry import Registry;"
        "Registry.installed([Path('mine.py')]).offer('step', 'shout');"
        "print('docstring_parser' in sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=desk.folder, capture_output=True, check=True
    )

    assert b"False\n" == printed.stdout

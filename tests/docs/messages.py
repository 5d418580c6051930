"""Finds every message of the lint in the code, and a real one of each kind in the tests.

From these the index at the end of docs/chains.md is printed; a kind that no test shows is an error.
"""

# ruff: noqa: T201 - cog takes what is printed

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from attrs import frozen
from tests.root import ROOT

_GROUPS = (
    ("The file as YAML", ("config/reader", "config/syntax")),
    (
        "Keys and values",
        (
            "config/structure",
            "config/scalar",
            "config/choice",
            "config/load",
            "config/path",
            "config/selection",
            "registry",
        ),
    ),
    ("Steps and their order", ("config/steps", "config/order")),
    ("Conditions", ("conditions/condition",)),
    (
        "Chains on top of each other",
        ("config/composition", "config/change", "config/environment", "config/setting"),
    ),
    ("Tests of a chain", ("config/cases", "config/expectations")),
)
_TESTS = (
    "tests/core/config",
    "tests/chain/test_mistakes.py",
    "tests/core/conditions/test_condition.py",
)
_OTHERS = {
    "--profile ",
    "cannot start any token",
    "mismatched input '<EOF>'",
    "the command line",
    "the condition  has no answer: ",
}  # what PyYAML and CEL say, names of places, and what is told of a document
_FUNCTIONS = {"registry": {"offer", "_hint"}}
"""Of some modules only these functions speak to those who write chains."""
_FEWEST = 7  # letters that tell a message apart from others, in three words or around a gap
_PLACE = re.compile(r"^(?:(?:[\w./-]+\.yaml)?:?(?:[-+]?\d+:)?\d+|--\w+ [\w.]+|the command line): ")


@frozen
class Template:
    """A message as the code has it, with gaps for what is found."""

    module: str
    line: int
    pieces: tuple[str, ...]
    """The text between the gaps."""

    def fits(self, message: str) -> bool:
        """Return whether a message is of this kind, or has this as a part."""
        pattern = ".*?".join(re.escape(piece) for piece in self.pieces)
        return re.search(pattern, message) is not None


def find_templates() -> Iterator[tuple[str, Template]]:
    """Yield the messages of the lint, each with the title of its group."""
    for title, modules in _GROUPS:
        for module in modules:
            for template in _read_templates(ROOT / f"core/copydesk/{module}.py"):
                yield title, template


def find_examples() -> list[str]:
    """Return the texts of the tests of the lint, without the places at their beginning."""
    files = [
        file
        for name in _TESTS
        for file in (sorted((ROOT / name).glob("test_*.py")) if "." not in name else [ROOT / name])
    ]
    texts = (text for file in files for _, pieces in _read_texts(file) for text in pieces)
    messages = (_PLACE.sub("", text).removeprefix("warning: ") for text in texts)
    return [message for message in messages if _is_whole(message)]


def match_messages() -> Iterator[tuple[str, Template, str | None]]:
    """Yield each kind of message with its group and a real one, the shortest; None if none is."""
    examples = sorted(find_examples(), key=lambda message: (len(message), message))
    for title, template in find_templates():
        yield title, template, next(filter(template.fits, examples), None)


def print_messages() -> None:
    """Print one real message of each kind, by group."""
    for title, found in groupby(match_messages(), key=itemgetter(0)):
        messages = {message for _, _, message in found if message is not None}
        print(f"### {title}\n")
        for message in sorted(messages, key=_sort_key):
            print(f"- `` {message} ``" if "`" in message else f"- `{message}`")
        print()


def _sort_key(message: str) -> str:
    """Return what a reader looks for: the words, without quotes and signs."""
    return re.sub(r"[^a-z ]", "", message.lower()).strip()


def _is_whole(text: str) -> bool:
    """Return whether a text is a message: what was found, and what to do."""
    is_full = ("; " in text and not text.endswith("; ")) or "must be" in text
    return is_full and "\n" not in text and not text.startswith((":", "-"))


def _read_templates(path: Path) -> Iterator[Template]:
    for line, pieces in _read_texts(path, _FUNCTIONS.get(path.stem)):
        words = "".join(pieces)
        is_pattern = "\\" in words.replace("\\\\", "") or "(.*?)" in words
        is_long = sum(character.isalpha() for character in words) >= _FEWEST
        if is_long and not is_pattern and words not in _OTHERS:
            yield Template(path.stem, line, pieces)


def _read_texts(
    path: Path, functions: Container[str] | None = None
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the texts of a module, or of some functions of it, as the pieces between their gaps."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(text) for text in _docstrings(tree)}
    nodes = ast.walk(tree)
    if functions is not None:
        defined = [node for node in nodes if isinstance(node, ast.FunctionDef)]
        nodes = chain(*(ast.walk(node) for node in defined if node.name in functions))
    for node in nodes:
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            yield node.lineno, tuple(_pieces(node))
        elif isinstance(node, ast.Constant) and len(str(node.value).split()) > 2:
            yield node.lineno, (str(node.value),)


def _pieces(node: ast.JoinedStr) -> Iterator[str]:
    for part in node.values:
        if isinstance(part, ast.Constant):
            yield str(part.value)


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if isinstance(statement, ast.Expr):
                yield statement.value

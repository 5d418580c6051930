"""Writes down what a plugin may rely on: every name of `copydesk.api` and every hook, signed.

`python -m tests.docs.surface` writes the file of this version of the API; one that was released
stays as it is.
"""

# ruff: noqa: T201 - it is a command, and cog takes what is printed

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any

import attrs
from tests.root import ROOT

from copydesk import api, hookspecs, testing
from copydesk.fields import document_fields

FOLDER = ROOT / "tests/docs/surface"
"""One file a version, with an empty line between the names."""
_FACTORY: Any = attrs.Factory
_ALIASES = UnionType


def describe_surface() -> dict[str, str]:
    """Return the signature of every public name and of every hook, by name."""
    names = {name: _describe(name, getattr(api, name)) for name in api.__all__}
    hooks = [name for name in vars(hookspecs) if name.startswith("copydesk_")]
    found = names | {name: _sign(name, getattr(hookspecs, name)) for name in hooks}
    return dict(sorted(found.items()))


def read_surface(version: str) -> dict[str, str]:
    """Return what was written down of a version of the API."""
    text = (FOLDER / f"{version}.txt").read_text("utf-8")
    parts = [part.partition("\n") for part in text.strip().split("\n\n")]
    return {head.removesuffix(":"): textwrap.dedent(body) for head, _, body in parts}


def write_surface(surface: Mapping[str, str]) -> str:
    """Return a surface as its file has it."""
    return (
        "\n\n".join(f"{name}:\n{textwrap.indent(text, '  ')}" for name, text in surface.items())
        + "\n"
    )


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return the names that are `added`, `removed` or `changed`."""
    words = dict.fromkeys(before.keys() - after.keys(), "removed")
    words |= dict.fromkeys(after.keys() - before.keys(), "added")
    both = before.keys() & after.keys()
    return words | {name: "changed" for name in both if before[name] != after[name]}


def versions() -> list[str]:
    """Return the versions that are written down, oldest first."""
    found = [path.stem for path in FOLDER.glob("*.txt")]
    return sorted(found, key=lambda version: tuple(map(int, version.split("."))))


def _describe(name: str, value: Any) -> str:
    if inspect.isfunction(value):
        return _sign(name, value)
    if inspect.isclass(value):
        return _describe_class(name, value)
    if isinstance(value, str):
        return f"{name}: str"
    if not isinstance(value, _ALIASES) and not hasattr(value, "__origin__"):
        return f"{name}: {type(value).__name__}"
    return f"{name} = {_spell(value)}"


def _sign(name: str, function: Any) -> str:
    signature = inspect.signature(function)
    parameters = [
        parameter.replace(annotation=_Bare.of(parameter.annotation))
        for parameter in signature.parameters.values()
    ]
    returned = _Bare.of(signature.return_annotation)
    return f"def {name}{signature.replace(parameters=parameters, return_annotation=returned)}"


@attrs.frozen(repr=False)
class _Bare:
    """An annotation that is written without quotes."""

    text: str

    @classmethod
    def of(cls, annotation: Any) -> Any:
        """Return an annotation that is a text, without its quotes."""
        return cls(annotation) if isinstance(annotation, str) else annotation

    def __repr__(self) -> str:
        return self.text


def _describe_class(name: str, cls: Any) -> str:
    bases = ", ".join(_spell(base) for base in cls.__bases__ if base is not object)
    lines = [f"class {name}({bases}):" if bases else f"class {name}:"]
    fields = attrs.fields_dict(cls) if attrs.has(cls) else {}
    lines += [f"    {_sign_field(field)}" for field in fields.values()]
    for own, member in vars(cls).items():
        if not own.startswith("_") and own not in fields:
            lines += [f"    {line}" for line in _sign_member(own, member)]
    return "\n".join(lines) if len(lines) > 1 else f"{lines[0]} ..."


def _sign_field(field: Any) -> str:
    words = f"{field.name}: {_spell(field.type)}"
    if isinstance(field.default, _FACTORY):
        words += " = ..."
    elif attrs.has(type(field.default)):
        words += f" = {type(field.default).__name__}()"
    elif field.default is not attrs.NOTHING:
        words += f" = {field.default!r}"
    return f"{words}  # by keyword" if field.kw_only else words


def _sign_member(name: str, member: Any) -> Iterator[str]:
    if isinstance(member, property):
        yield "@property"
        yield _sign(name, member.fget)
    elif isinstance(member, classmethod | staticmethod):
        yield f"@{type(member).__name__}"
        yield _sign(name, member.__func__)
    elif inspect.isfunction(member):
        yield _sign(name, member)


def _spell(value: Any) -> str:
    """Return a type without the modules that its names come from."""
    if inspect.isclass(value):
        return value.__name__
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", str(value))


def _document(name: str, value: Any) -> str:
    """Return what is said of a name: its docstring, or the one below it in its module."""
    if inspect.isclass(value) or inspect.isfunction(value):
        return inspect.cleandoc(value.__doc__ or "")
    for path in sorted((ROOT / "core/copydesk").glob("*.py")):
        body = ast.parse(path.read_text("utf-8")).body
        for statement, after in pairwise(body):
            if name in _targets(statement) and isinstance(after, ast.Expr):
                return inspect.cleandoc(ast.literal_eval(after.value))
    return ""


def _targets(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    return []


def print_version() -> None:
    """Print which version of the API this is."""
    print(f"This is API {api.API_VERSION}.")


def print_hooks() -> None:
    """Print each hook under its signature."""
    for name, hook in vars(hookspecs).items():
        if name.startswith("copydesk_"):
            print(f"### `{_sign(name, hook).removeprefix('def ')}`\n\n{hook.__doc__}\n")


def print_names() -> None:
    """Print each public name with its signature, and what is said of it and of its members."""
    for name in sorted(api.__all__, key=str.lower):
        _print_name(name, getattr(api, name))


def print_kit() -> None:
    """Print what a test uses of the kit: its functions, and the desk."""
    for name in testing.__all__:
        value = getattr(testing, name)
        if inspect.isfunction(value) or name == "Desk":
            _print_name(name, value)


def print_checks(name: str) -> None:
    """Print what is asked of the plugins of one seam."""
    for check in getattr(testing, name):
        print(f"- `{check.name}`: {check.claim}")


def _print_name(name: str, value: Any) -> None:
    told = _document(name, value)
    print(f"### `{name}`\n")
    if told:
        print(f"{told}\n")
    print(f"```python\n{_describe(name, value)}\n```\n")
    members = list(_members(value))
    for member, words in members:
        print(f"- `{member}`: {words}")
    if members:
        print()


def _members(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the documented members of a class."""
    if not inspect.isclass(value):
        return
    if attrs.has(value):
        yield from document_fields(value).items()
    for name, member in vars(value).items():
        function = member.fget if isinstance(member, property) else member
        if inspect.isfunction(function) and not name.startswith("_") and function.__doc__:
            yield name, " ".join(inspect.cleandoc(function.__doc__).split())


def main() -> int:
    """Write the file of this version, unless it was released."""
    path: Path = FOLDER / f"{api.API_VERSION}.txt"
    released = (ROOT / "CHANGELOG.md").read_text("utf-8")
    text = write_surface(describe_surface())
    if f"API {api.API_VERSION}" in released and text != path.read_text("utf-8"):
        print(f"API {api.API_VERSION} is released; raise API_VERSION in core/copydesk/api.py")
        return 2
    FOLDER.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Reads the fields of an attrs class: types, defaults, and the docstrings below them."""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from copydesk.docstring import document_parameters

REQUIRED: Any = attrs.NOTHING
"""The default of a field that has none."""
FUNCTION = "__copydesk_function__"
"""What a class that was made from the parameters of a function keeps that function under."""

_WORDS: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    Path: "a path",
    type(None): "nothing",
    Any: "any value",
    object: "any value",
}
_PLURALS: dict[Any, str] = {
    bool: "true or false",
    int: "whole numbers",
    float: "numbers",
    str: "texts",
    Path: "paths",
}


_FACTORY: Any = attrs.Factory


@frozen
class Field:
    """One field of an attrs class, as its users see it."""

    name: str
    """The name it is set by in YAML."""
    kind: Any
    """Its type, resolved."""
    default: Any
    """What it is when it is not set; `REQUIRED` if it must be set."""
    attribute: attrs.Attribute[Any]
    """What attrs knows of it."""
    cls: type[Any]
    """The class that it was asked of."""

    @property
    def documentation(self) -> str:
        """Return the docstring below it, or nothing."""
        return document_fields(self.cls).get(self.attribute.name, "")

    @property
    def deprecated(self) -> str | None:
        """Return what to use instead, from `field(metadata={"deprecated": ...})`."""
        return self.attribute.metadata.get("deprecated")


def fields_of(cls: type[Any]) -> tuple[Field, ...]:
    """Return the fields that can be set; raises `NameError` for a type that cannot be resolved."""
    subject: Any = cls  # mypy doubts that every class can be hashed
    return _fields_of(subject)


def document_fields(cls: type[Any]) -> Mapping[str, str]:
    """Return the docstrings that stand below the fields of a class and of those it inherits from.

    A class made from the parameters of a function has them from its docstring. What is not there,
    because the class was made without source code, is left out.
    """
    function = getattr(cls, FUNCTION, None)
    if function is not None:
        return document_parameters(function)
    subject: Any = cls
    return _document_fields(subject)


@cache
def _fields_of(cls: Any) -> tuple[Field, ...]:
    kinds = get_type_hints(cls, include_extras=True)
    return tuple(
        Field(
            _name(attribute),
            simplify(kinds.get(attribute.name, Any)),
            _default(attribute),
            attribute,
            cls,
        )
        for attribute in attrs.fields(cls)
        if attribute.init
    )


@cache
def _document_fields(cls: Any) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for ancestor in reversed(cls.__mro__):
        for statement, after in pairwise(_body(ancestor)):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                text = _docstring(after)
                if text is not None:
                    found[statement.target.id] = text
    return found


def describe_type(kind: Any) -> str:
    """Return a type in words that follow "give": `a whole number`, `a list of texts`."""
    kind = simplify(kind)
    if kind in _WORDS:
        return _WORDS[kind]
    if is_union(kind):
        return _choice([describe_type(member) for member in get_args(kind)])
    choices = choices_of(kind)
    if choices:
        return _choice([spell(value) for value in choices])
    if is_list(kind):
        return f"a list of {_plural(item_type(kind))}"
    if is_table(kind):
        return f"a mapping to {_plural(item_type(kind))}"
    return "a mapping" if attrs.has(kind) else getattr(kind, "__name__", str(kind))


def choices_of(kind: Any) -> tuple[Any, ...]:
    """Return the values that a type lists, as they are written; nothing for other types."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(member.value for member in kind)
    return ()


def simplify(kind: Any) -> Any:
    """Return a type without `Annotated` and `NewType` around it."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif isinstance(kind, NewType):
            kind = kind.__supertype__
        else:
            return kind


def is_union(kind: Any) -> bool:
    """Return whether a type is a choice of types."""
    return get_origin(kind) in {Union, types.UnionType}


def is_list(kind: Any) -> bool:
    """Return whether a type is written as a list."""
    origin = get_origin(kind) or kind
    if origin in {str, bytes}:
        return False
    return isinstance(origin, type) and issubclass(origin, Sequence | set | frozenset)


def is_table(kind: Any) -> bool:
    """Return whether a type is written as a mapping with free keys."""
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and issubclass(origin, Mapping)


def item_type(kind: Any) -> Any:
    """Return the type of the values of a list or a mapping with free keys."""
    arguments = get_args(kind)
    if not arguments:
        return Any
    return simplify(arguments[1] if is_table(kind) else arguments[0])


def spell(value: Any) -> str:
    """Return a value as a message or a page writes it: nearly as YAML does."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return spell(value.value)
    if isinstance(value, str | Path):
        return f"'{value}'"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(spell, value))}]"
    return str(value)


def _name(attribute: attrs.Attribute[Any]) -> str:
    """Return the name of a field without the `_` that sets it apart from a word of Python."""
    alias = attribute.alias or attribute.name
    bare = alias.removesuffix("_")
    return bare if iskeyword(bare) else alias


def _default(attribute: attrs.Attribute[Any]) -> Any:
    default: Any = attribute.default
    if not isinstance(default, _FACTORY):
        return default
    return None if default.takes_self else default.factory()


def _choice(words: list[str]) -> str:
    words = list(dict.fromkeys(words))
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _plural(kind: Any) -> str:
    words = _PLURALS.get(kind) or describe_type(kind)
    return "mappings" if words == "a mapping" else words


def _body(cls: type[Any]) -> list[ast.stmt]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    except (OSError, TypeError, SyntaxError, IndentationError):
        return []
    return tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []


def _docstring(statement: ast.stmt) -> str | None:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant):
        return None
    text = statement.value.value
    return " ".join(inspect.cleandoc(text).split()) if isinstance(text, str) else None

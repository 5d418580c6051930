"""Reads what the docstring of a function says of its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any


@cache
def document_parameters(function: Callable[..., Any]) -> Mapping[str, str]:
    """Return the text of each parameter that the docstring documents, on one line.

    Google's `Args:`, Sphinx's `:param x:` and NumPy's `Parameters` are understood.
    """
    # Only who shows the options needs it, and importing it takes longer than many a plugin.
    from docstring_parser import ParseError, parse  # noqa: PLC0415

    try:
        found = parse(function.__doc__ or "").params
    except ParseError:
        return {}
    return {each.arg_name: " ".join(each.description.split()) for each in found if each.description}

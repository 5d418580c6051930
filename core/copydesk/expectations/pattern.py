"""Looks for regular expressions in texts, in time that grows with the text alone."""

from __future__ import annotations

from functools import cache
from typing import Any

from cel_expr_python import cel

# CEL takes RE2's expressions: they never go back, so that no pattern and no text can stall them.


def is_found(pattern: str, text: str) -> bool:
    """Return whether `pattern`, in RE2's dialect, is found anywhere in `text`.

    Raises `ValueError` with what is wrong with the pattern.
    """
    data = {"text": _encodable(text), "pattern": _encodable(pattern)}
    value = _search().eval(data=data)
    # CEL returns a failure as a value too
    if value.type() != cel.Type.BOOL:
        raise ValueError(str(value.value()).rpartition("regular expression: ")[2])
    return bool(value.value())


def _encodable(text: str) -> str:
    """Return `text` without lone surrogates, which CEL refuses."""
    return text.encode("utf-8", "replace").decode()


@cache
def _search() -> Any:
    kinds = {"text": cel.Type.STRING, "pattern": cel.Type.STRING}
    return cel.NewEnv(variables=kinds).compile("text.matches(pattern)")

"""Decides from an expression in CEL whether a step runs on a document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from attrs import frozen
from cel_expr_python import cel

from copydesk.conditions.variables import VARIABLES, Variable
from copydesk.document import Document
from copydesk.errors import DocumentError
from copydesk.item import Item
from copydesk.suggestion import suggest

_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*?)(?=\n|\s*\[[A-Z_]+\]$|$)")
_UNDECLARED = re.compile(r"undeclared reference to '(.*?)' \(in container ''\)")
_OVERLOAD = re.compile(r"found no matching overload for '(.*?)' applied to '(.*?)\((.*?)\)'")
_WORD = re.compile(r"\w+")
_PATH = re.compile(r"\w+(?:\s*\.\s*\w+)*")
_SIGNS = {"and": "&&", "or": "||", "not": "!", "is": "=="}
_CHARACTERS = {
    "&": "write && for 'and'",
    "|": "write || for 'or'",
    **dict.fromkeys("\u201c\u201d\u201e\u2018\u2019\u00ab", "quote with \" or '"),
    **dict.fromkeys("\"'", "close the quote; if it holds ' #', quote the whole value"),
}
_FEW = 6  # fields of a name that a message lists


class ConditionError(ValueError):
    """An expression that is no condition; `offset` is the character at which that shows."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message, offset)
        self.message = message
        self.offset = offset

    def __str__(self) -> str:
        return self.message


@frozen
class Condition:
    """An expression over a document; pickled as its text, compiled once a process."""

    text: str

    def holds(self, document: Document) -> bool:
        """Return whether it is true; raises `DocumentError` where it has no answer."""
        value = _evaluate(self.text, document)
        # CEL returns a failure as a value too, and a true one
        if value.type() != cel.Type.BOOL:
            raise DocumentError(f"the condition {self.text!r} has no answer: {_reason(value)}")
        return bool(value.value())

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What the expression asks of a document."""
        paths = {re.sub(r"\s", "", path) for path in _PATH.findall(self.text)}
        return tuple(
            variable
            for variable in VARIABLES
            if any(f"{path}.".startswith(f"{variable.name}.") for path in paths)
        )

    def find(self, variable: Variable) -> int:
        """Return the character at which the expression asks for a variable."""
        spaced = r"\s*\.\s*".join(variable.name.split("."))
        found = re.search(rf"\b{spaced}\b", self.text)
        return found.start() if found else 0


def compile_condition(text: str) -> Condition:
    """Return the condition that `text` states; raises `ConditionError` if it states none."""
    value = _evaluate(text, _EMPTY)
    # an index out of range may be right for other documents, a wrong pattern never is
    if value.type() != cel.Type.BOOL and "regular expression" in _reason(value):
        raise ConditionError(f"{_reason(value)}; mend the pattern")
    return Condition(text)


def _evaluate(text: str, document: Document) -> Any:
    compiled, variables = _compile(text)
    return compiled.eval(data={variable.name: variable.get(document) for variable in variables})


@cache
def _compile(text: str) -> tuple[Any, tuple[Variable, ...]]:
    """Return the compiled expression and the variables it may read."""
    try:
        compiled = _environment().compile(text)
    except RuntimeError as error:
        raise _explain(str(error), text) from error
    except TypeError as error:
        raise ConditionError("it holds half a surrogate pair; remove it") from error
    if compiled.return_type() != cel.Type.BOOL:
        found = str(compiled.return_type()).lower()
        raise ConditionError(f"its value is a {found}; compare it with something, so it is a bool")
    words = set(_WORD.findall(text))
    used = [variable for variable in VARIABLES if variable.name.rpartition(".")[2] in words]
    return compiled, tuple(used)


@cache
def _environment() -> Any:
    return cel.NewEnv(variables={variable.name: variable.type for variable in VARIABLES})


def _explain(message: str, text: str) -> ConditionError:
    """Return the first error of CEL's compiler in words that say what to do."""
    found = _ERROR.search(message)
    if found is None:
        words = message.split(" [", maxsplit=1)[0].partition(": ")[2] or message
        return ConditionError(f"{words[0].lower()}{words[1:]}; make it simpler")
    offset = _offset(text, int(found[1]), int(found[2]))
    if undeclared := _UNDECLARED.search(found[3]):
        return _explain_name(undeclared[1], text, offset)
    if overload := _OVERLOAD.search(found[3]):
        return ConditionError(_explain_types(overload[1], overload[3]), offset)
    words = found[3].removeprefix("Syntax error: ").split(" expecting ")[0]
    words = words.replace("mismatched input '<EOF>'", "it ends too early")
    return ConditionError(f"{words}; {_advise(text, offset)}", offset)


def _explain_name(name: str, text: str, offset: int) -> ConditionError:
    """Return the error for a name, of which CEL tells the place of a dot or a bracket."""
    start = max(text.rfind(name, 0, offset + len(name)), 0)
    if "." not in name and re.search(rf"\b{re.escape(name)}\(", text):
        message = f"unknown function '{name}'; the guide on conditions lists them"
        return ConditionError(message, max(text.rfind(name, 0, offset), 0))
    names = [variable.name for variable in VARIABLES]
    inside = [known for known in names if known.startswith(f"{name}.")]
    if not inside:
        advice = suggest(name, names, "field")
    elif len(inside) > _FEW:
        advice = f"ask for a part of it, such as {inside[0]}"
    else:
        advice = f"it has {', '.join(inside)}"
    return ConditionError(f"unknown field '{name}'; {advice}", start)


def _explain_types(operator: str, kinds: str) -> str:
    words = operator.strip("_").lstrip("@")
    found = kinds.replace(", ", " and ")
    if {"double", "int"} <= set(kinds.split(", ")):
        return f"'{words}' does not take {found}; write the number with a point, such as 1.0"
    return f"'{words}' does not take {found}; give it things of one type"


def _advise(text: str, offset: int) -> str:
    rest = text[offset:]
    if re.match(r"=[^=]", rest):
        return "compare with =="
    for word, sign in _SIGNS.items():
        if re.match(rf"{word}\b", rest) or re.search(rf"\b{word}\s+$", text[:offset]):
            return f"write {sign} for '{word}'"
    for character, advice in _CHARACTERS.items():
        if rest.startswith(character):
            return advice
    return "complete it, or see the guide on conditions"


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return sum(len(words) + 1 for words in before) + column - 1


def _reason(value: Any) -> str:
    words = str(value.value())
    words = words.partition(": ")[2] or words
    return f"{words[:1].lower()}{words[1:]}"


_EMPTY = Document(Item(""))

"""Makes a step of a plain function: its keyword parameters are the options."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial, update_wrapper
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import attrs
from attrs import field, fields, frozen

from copydesk.document import Document
from copydesk.errors import PluginError
from copydesk.fields import FUNCTION
from copydesk.spec import NO_EXTRA, Drop, Kind, StepSpec

Function = TypeVar("Function", bound=Callable[..., Document | Drop])
_SPEC = "__copydesk_step__"
_MUTABLE = (list, dict, set)


def step(  # noqa: PLR0913 - one argument for each field of `StepSpec`
    name: str,
    *,
    needs: tuple[str, ...] = ("text",),
    gives: tuple[str, ...] = (),
    kind: Kind = "other",
    version: str = "",
    labels: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
    metadata: tuple[str, ...] = (),
    extra: Mapping[str, type] = NO_EXTRA,
) -> Callable[[Function], Function]:
    """Offer a function as a step; the arguments are those of `StepSpec`.

    The function takes a document, then options as keywords, and returns what `Step.process` does.
    An option is a parameter after `*`: its annotation is the type, its default the default, and
    the docstring explains it, under `Args:` or as `:param NAME:`. A validator of attrs inside
    `Annotated` bounds it. The function stays as it is, and needs no `hookimpl`. Raises
    `PluginError` where it cannot be a step.
    """

    def offer(function: Function) -> Function:
        """Return the function, with the spec of its step kept on it."""
        try:
            options = _make_options(function)
            build: Any = update_wrapper(partial(_FunctionStep, function), function)
            spec = StepSpec(
                name, options, build, needs=needs, gives=gives, kind=kind, version=version,
                labels=labels, reasons=reasons, metadata=metadata, extra=extra,
            )  # fmt: skip
        except (TypeError, ValueError, NameError) as error:
            raise PluginError(f"{_place(function)}: {error}") from error
        setattr(function, _SPEC, spec)
        return function

    return offer


def spec_of(function: Callable[..., Any]) -> StepSpec[Any]:
    """Return the spec of a function that `step` decorates, as for a test.

    Raises `TypeError` for any other.
    """
    found = getattr(function, _SPEC, None)
    if not isinstance(found, StepSpec):
        raise TypeError(f"{function!r} is no step; decorate it with @step(...)")
    return found


def find_functions(module: ModuleType) -> Iterator[StepSpec[Any]]:
    """Yield the specs of the decorated functions of a module, or of a package below it, once."""
    seen = set()
    for value in list(vars(module).values()):
        if isinstance(value, FunctionType) and hasattr(value, _SPEC) and value not in seen:
            seen.add(value)
            if f"{value.__module__}.".startswith(f"{module.__name__}."):
                yield spec_of(value)


@frozen
class _FunctionStep:
    """A function with its options, at work."""

    _function: Callable[..., Document | Drop]
    _options: Any
    _arguments: dict[str, Any] = field(init=False)

    @_arguments.default
    def _name_arguments(self) -> dict[str, Any]:
        names = [each.name for each in fields(type(self._options))]
        return {name: getattr(self._options, name) for name in names}

    def process(self, document: Document) -> Document | Drop:
        """Call the function."""
        return self._function(document, **self._arguments)


def _make_options(function: Callable[..., Any]) -> type[Any]:
    """Return the class of options that the keyword parameters stand for."""
    if not isinstance(function, FunctionType):
        raise TypeError("only a function can be a step; offer a class with copydesk_steps()")
    if inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
        raise TypeError("it must return a document; write it without async and yield")
    kinds = get_type_hints(function, include_extras=True)
    made = {
        parameter.name: _make_field(parameter, kinds.get(parameter.name))
        for parameter in _options(function)
    }
    name = f"{function.__name__}_options"
    body = {FUNCTION: staticmethod(function)}
    cls = attrs.make_class(name, made, frozen=True, kw_only=True, slots=True, class_body=body)
    # Pickle finds it as an attribute of the function, which is found in its module.
    cls.__module__ = function.__module__
    cls.__qualname__ = f"{function.__qualname__}.Options"
    function.Options = cls  # type: ignore[attr-defined]
    return cls


def _options(function: FunctionType) -> list[inspect.Parameter]:
    """Return the parameters after the document."""
    parameters = list(inspect.signature(function).parameters.values())
    first = parameters[0] if parameters else None
    if first is None or first.kind not in {first.POSITIONAL_ONLY, first.POSITIONAL_OR_KEYWORD}:
        raise TypeError("it takes no document; make the document its first parameter")
    for parameter in parameters[1:]:
        if parameter.kind is not parameter.KEYWORD_ONLY:
            told = str(parameter).partition(":")[0].partition("=")[0].strip()
            if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
                raise TypeError(f"'{told}' names no option; give each one a parameter after '*'")
            raise TypeError(f"'{told}' is positional; put '*,' before it to make it an option")
    return parameters[1:]


def _make_field(parameter: inspect.Parameter, kind: Any) -> Any:
    if kind is None:
        raise TypeError(f"'{parameter.name}' has no type; annotate it, as in marks: int = 1")
    if isinstance(parameter.default, _MUTABLE):
        raise TypeError(f"'{parameter.name}' has a default that can change; give a tuple, or None")
    default = attrs.NOTHING if parameter.default is parameter.empty else parameter.default
    hints = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    validators = [hint for hint in hints if callable(hint)]
    return field(default=default, type=kind, validator=validators or None)


def _place(function: Any) -> str:
    """Return where a function stands, and its name."""
    code = getattr(function, "__code__", None)
    name = getattr(function, "__qualname__", repr(function))
    if code is None:
        return name
    file, here = Path(code.co_filename), Path.cwd()
    shown = file.relative_to(here) if file.is_relative_to(here) else file
    return f"{shown}:{code.co_firstlineno}: {name}()"

"""Tests of turning nodes into typed values."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any, Literal

import pytest
from attrs import field, frozen
from attrs.validators import ge, in_, matches_re, min_len
from tests.core.config.samples import ORIGIN

from copydesk.config.node import Table
from copydesk.config.reader import parse
from copydesk.config.scalar import FAILED
from copydesk.config.structure import build, structure
from copydesk.fault import Fault


class Colour(Enum):
    """What an enumeration looks like."""

    RED = "red"
    BLUE = "blue"


@frozen
class Inner:
    """A class inside another."""

    size: int
    """How big."""


@frozen
class Outer:
    """Options with validators and a class inside."""

    inner: Inner = Inner(1)
    """What is inside."""
    many: tuple[Inner, ...] = ()
    """More of it."""
    least: int = field(default=5, validator=ge(5))
    """A bound."""
    code: str = field(default="de", validator=matches_re(r"[a-z]{2}"))
    """A pattern."""
    mood: str = field(default="good", validator=in_(["good", "bad"]))
    """A choice."""
    names: tuple[str, ...] = field(default=("a",), validator=min_len(1))
    """A length."""
    low: float = 0.0
    """The lower end."""
    high: float = field(default=1.0)
    """The upper end."""

    @high.validator
    def _check_high(self, _: object, value: float) -> None:
        if value < self.low:
            raise ValueError(f"high is {value}, under low, which is {self.low}")


@frozen
class Moody:
    """Options that are only wrong together."""

    first: bool = False
    second: bool = False

    def __attrs_post_init__(self) -> None:
        if self.first and self.second:
            raise ValueError("first and second exclude each other")


def read_as(written: str, kind: Any) -> tuple[Any, list[str]]:
    """Return the value of `key: written` as a type, and the faults."""
    faults: list[Fault] = []
    node = parse(f"key: {written}", ORIGIN, faults)
    value = node.get("key") if isinstance(node, Table) else None
    assert value is not None
    made = structure(value, kind, "key", faults)
    return made, [str(fault).removeprefix("chain.yaml:1:") for fault in faults]


def build_outer(written: str, cls: type[Any] = Outer) -> tuple[Any, list[str]]:
    """Return an instance from `{written}`, and the faults."""
    faults: list[Fault] = []
    node = parse(f"{{{written}}}", ORIGIN, faults)
    assert isinstance(node, Table)
    made = build(node, cls, faults, "sample")
    return made, [str(fault).removeprefix("chain.yaml:") for fault in faults]


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("true", bool, True),
        ("40", int, 40),
        ("40", float, 40.0),
        ("1e3", float, 1000.0),
        ("no", str, "no"),
        ("x", Path, Path("folder/x")),
        ("/x", Path, Path("/x")),
        ("a", Literal["a", "b"], "a"),
        ("1", Literal[1, 2], 1),
        ("blue", Colour, Colour.BLUE),
        ("[1, 2]", tuple[int, ...], (1, 2)),
        ("[1, x]", tuple[int, str], (1, "x")),
        ("[a, b]", frozenset[str], frozenset({"a", "b"})),
        ("[a]", list[str], ["a"]),
        ("{no: 1}", dict[str, int], {"no": 1}),
        ("{a: [1]}", dict[str, tuple[float, ...]], {"a": (1.0,)}),
        ("~", int | None, None),
        ("3", int | None, 3),
        ("auto", int | Literal["auto"], "auto"),
        ("{size: 3}", Inner, Inner(3)),
        ("{size: 3}", Inner | None, Inner(3)),
        ("[{size: 3}, {size: 4}]", tuple[Inner, ...], (Inner(3), Inner(4))),
        ("{a: [1, x]}", Any, {"a": [1, "x"]}),
    ],
)
def test_values(written: str, kind: Any, value: object) -> None:
    """A value that is of the type is taken as it stands."""
    found, faults = read_as(written, kind)

    assert [] == faults
    assert value == found
    assert type(value) is type(found)


@pytest.mark.parametrize(
    ("written", "kind", "message"),
    [
        ("no", bool, "6: key: found 'no'; give true or false, here false"),
        ("1", bool, "6: key: found the number 1; give true or false"),
        ("true", int, "6: key: found true; give a whole number"),
        ("1.9", int, "6: key: found the number 1.9; give a whole number"),
        ("1e3", int, "6: key: found the number 1e3; give a whole number: 1000"),
        ("'6'", int, "6: key: found '6'; give a whole number"),
        ("true", float, "6: key: found true; give a number"),
        ("1.10", str, '6: key: found the number 1.10; give text, quoted: "1.10"'),
        ("~", str, "6: key: found nothing; give text"),
        ("[x]", str, "6: key: found a list; give text"),
        ("''", Path, "6: key: found ''; give a path"),
        ('"\\0"', Path, "6: key: found '\\x00'; give a path"),
        ("REDD", Literal["RED", "BLUE"], "6: key: found 'REDD'; did you mean 'RED'?"),
        ("x", Literal["RED", "BLUE"], "6: key: found 'x'; the choices are BLUE, RED"),
        ("true", Literal[1, 2], "6: key: found true; give 1 or 2"),
        ("x", Colour, "6: key: found 'x'; give 'red' or 'blue'"),
        ("abc", tuple[str, ...], "6: key: found 'abc'; give a list of texts: [abc]"),
        ("[a, 1]", tuple[str, ...], '10: key[1]: found the number 1; give text, quoted: "1"'),
        ("[1]", tuple[int, str], "6: key: found 1 values; give 2"),
        ("[1]", dict[str, int], "6: key: found a list; give a mapping to whole numbers"),
        ("{a: x}", dict[str, int], "10: key.a: found 'x'; give a whole number"),
        ("x", int | None, "6: key: found 'x'; give a whole number"),
        ("x", Inner, "6: key: found 'x'; give a mapping of size"),
        ("{size: x}", Inner | None, "13: size: found 'x'; give a whole number"),
        ("[1, x]", tuple[int, ...] | None, "10: key[1]: found 'x'; give a whole number"),
    ],
)
def test_no_coercion(written: str, kind: Any, message: str) -> None:
    """A value that is not of the type is told, with what to write, and never coerced."""
    found, faults = read_as(written, kind)

    assert found is FAILED
    assert [message] == faults


def test_defaults() -> None:
    """What is not set is left to the class."""
    assert (Outer(), []) == build_outer("")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("least: 3", "1:9: 'least' must be >= 5: 3"),
        ("mood: odd", "1:8: 'mood' must be in ['good', 'bad'] (got 'odd')"),
        ("names: []", "1:9: Length of 'names' must be >= 1: 0"),
        ("low: 3, high: 2", "1:16: high is 2.0, under low, which is 3.0"),
    ],
)
def test_validators(written: str, message: str) -> None:
    """A validator's own words are kept, and told at the value."""
    made, (fault,) = build_outer(written)

    assert made is FAILED
    assert fault.endswith(message.partition(": ")[2])
    assert fault.startswith(message.partition(": ")[0])


def test_validator_of_a_pattern() -> None:
    """Only the words of an error are shown, not what attrs adds to them."""
    _, (fault,) = build_outer("code: DEU")

    assert "1:8: 'code' must match regex '[a-z]{2}' ('DEU' doesn't)" == fault


def test_all_faults_at_once() -> None:
    """Every fault of a mapping is told, in one go."""
    made, faults = build_outer("lest: 3, least: x, inner: {size: y, six: 1}, many: [{}], low: 9")

    assert made is FAILED
    assert [
        "1:2: unknown option 'lest' of sample; did you mean 'least'?",
        "1:18: least: found 'x'; give a whole number",
        "1:35: size: found 'y'; give a whole number",
        "1:38: unknown option 'six' of inner; the options are size",
        "1:54: the option 'size' of many[0] is missing; add it: a whole number, how big",
    ] == faults


def test_faults_of_the_whole() -> None:
    """What only the whole instance can tell is told at the mapping."""
    assert (FAILED, ["1:1: sample: first and second exclude each other"]) == build_outer(
        "first: true, second: true", Moody
    )


def test_deprecated_options() -> None:
    """A deprecated option is a warning, and is taken."""

    @frozen
    class Options:
        old: int = field(default=1, metadata={"deprecated": "use new"})
        new: int = 1

    made, faults = build_outer("old: 2", Options)

    assert Options(old=2) == made
    assert ["1:2: warning: old is deprecated; use new"] == faults


def test_private_fields() -> None:
    """A field is set by its alias, as when the class is called."""

    @frozen
    class Options:
        _hidden: int = 1

    assert (Options(hidden=2), []) == build_outer("hidden: 2", Options)


def test_fields_that_cannot_be_set() -> None:
    """A field that the class fills itself is no option."""

    @frozen
    class Options:
        made: int = field(default=1, init=False)

    assert ["1:2: unknown option 'made' of sample; remove it, there are no options"] == build_outer(
        "made: 2", Options
    )[1]


def test_broken_classes() -> None:
    """A class of a plugin that is broken is a fault, not a traceback."""

    @frozen
    class Options:
        odd: "Nowhere"  # type: ignore[name-defined] # noqa: F821

    made, (fault,) = build_outer("odd: 2", Options)

    assert made is FAILED
    assert "1:1: sample: NameError: name 'Nowhere' is not defined" == fault

"""Tests of conditions."""

from __future__ import annotations

import pickle
import subprocess
import sys
from time import process_time

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from copydesk.conditions.condition import Condition, ConditionError, compile_condition
from copydesk.conditions.variables import VARIABLES
from copydesk.document import Document, Encoding, Entity, Language, LanguageSpan
from copydesk.errors import DocumentError
from copydesk.item import Item
from copydesk.metadata import Metadata

DOCUMENT = Document(
    Item("news/a.html", member="b", size=3),
    raw=b"abcd",
    media_type="text/html",
    encoding=Encoding("utf-8", "bom", 0.5),
    text="中文 x",
    metadata=Metadata(title="Head", authors=("Ann", "Bob")),
    language=Language("zh", "Hans", 0.9),
    languages=(LanguageSpan(0, 2, "zh"), LanguageSpan(2, 4, "en"), LanguageSpan(4, 5, "zh")),
    entities=(Entity(0, 1, "x", "MONEY"),),
    extra={"shout": {"marks": 4}},
)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('document.language.code == "zh"', True),
        ('document.media_type == "text/plain"', False),
        ('"MONEY" in document.labels', True),
        ("size(document.text) > 200", False),
        ("document.characters == 4", True),
        ("document.size == 4", True),
        ('document.languages == ["en", "zh"]', True),
        ('document.language.confidence > 0.5 && document.encoding.name == "utf-8"', True),
        ('document.uri.endsWith(".html") && document.member == "b"', True),
        ('document.metadata.title.matches("^H")', True),
        ('document.metadata.publisher == ""', True),
        ('document.metadata.authors.exists(name, name == "Bob")', True),
        ("document.extra.shout.marks > 3", True),
        ("has(document.extra.whisper) && document.extra.whisper.marks > 3", False),
        ("document . language . script == 'Hans'", True),
        ("!(document.encoding.replaced > 0)", True),
    ],
)
def test_answers(text: str, holds: bool) -> None:
    """A condition tells whether it is true of a document."""
    assert holds is compile_condition(text).holds(DOCUMENT)


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_variable_has_a_value(variable: object) -> None:
    """Whatever a condition may ask has a value of its type, even of an empty document."""
    (known,) = [candidate for candidate in VARIABLES if candidate is variable]
    text = f"{known.name} == {known.name}"

    assert compile_condition(text).holds(Document(Item("")))
    assert compile_condition(text).holds(DOCUMENT)
    assert (known,) == compile_condition(text).variables
    assert known.documentation.endswith(".")


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        (
            'document.language.cod == "zh"',
            0,
            "unknown field 'document.language.cod'; did you mean 'document.language.code'?",
        ),
        (
            'true && document.language == "zh"',
            8,
            (
                "unknown field 'document.language'; it has document.language.code, "
                "document.language.script, document.language.confidence"
            ),
        ),
        (
            "document == 1",
            0,
            "unknown field 'document'; ask for a part of it, such as document.uri",
        ),
        (
            "true &&\n  document.txt == ''",
            10,
            ("unknown field 'document.txt'; did you mean 'document.text'?"),
        ),
        (
            'document.size == "a"',
            14,
            ("'==' does not take int and string; give it things of one type"),
        ),
        (
            "document.language.confidence > 0",
            29,
            "'>' does not take double and int; write the number with a point, such as 1.0",
        ),
        ("document.uri.foo('a')", 13, "unknown function 'foo'; the guide on conditions lists them"),
        ("document.text", 0, "its value is a string; compare it with something, so it is a bool"),
        ("document.text = 'a'", 14, "token recognition error at: '= '; compare with =="),
        ("true and false", 5, "mismatched input 'and'; write && for 'and'"),
        ("1 > 2 & true", 6, "token recognition error at: '& '; write && for 'and'"),
        ("1 > 2 | true", 6, "token recognition error at: '| '; write || for 'or'"),
        ("document.uri is true", 13, "mismatched input 'is'; write == for 'is'"),
        (
            "document.uri == “a”",
            16,
            "token recognition error at: '“'; quote with \" or '",
        ),
        (
            'document.uri == "a',
            16,
            (
                "token recognition error at: '\"a'; "
                "close the quote; if it holds ' #', quote the whole value"
            ),
        ),
        ("", 0, "it ends too early; complete it, or see the guide on conditions"),
        ("1 +", 3, "it ends too early; complete it, or see the guide on conditions"),
        (
            'document.text.matches("(a")',
            0,
            "invalid regular expression: missing ): (a; mend the pattern",
        ),
        ("(" * 200, 0, "expression recursion limit exceeded. limit: 32; make it simpler"),
        ("document.uri == '\ud800'", 0, "it holds half a surrogate pair; remove it"),
    ],
)
def test_faults(text: str, offset: int, message: str) -> None:
    """What is no condition is told at its character, with what to do."""
    with pytest.raises(ConditionError) as raised:
        compile_condition(text)
    assert message == str(raised.value)
    assert offset == raised.value.offset


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 / (document.size - 4) == 1", "divide by zero"),
        ('document.labels[3] == "x"', "index error: index=3 size=1"),
        ("document.extra.whisper.marks > 3", 'key not found in map : "whisper"'),
    ],
)
def test_no_answer(text: str, reason: str) -> None:
    """A condition that has no answer for a document is an error of that document, never true."""
    with pytest.raises(DocumentError) as raised:
        compile_condition(text).holds(DOCUMENT)
    assert f"the condition {text!r} has no answer: {reason}" == str(raised.value)


def test_names_that_are_not_utf8() -> None:
    """A document whose name is not UTF-8 can be asked about."""
    document = evolve(DOCUMENT, item=Item("caf\udce9.html"))

    assert compile_condition('document.uri == "caf?.html"').holds(document)


def test_variables() -> None:
    """What a condition asks for is known before any document."""
    text = 'document.language.code == "zh" || document.extra.shout.marks > 1'

    assert ["document.language.code", "document.extra"] == [
        variable.name for variable in compile_condition(text).variables
    ]


def test_pickled_as_text() -> None:
    """A condition is sent to workers as its text, and compiled there."""
    condition = compile_condition("document.size > 3")

    assert len(pickle.dumps(condition)) < 200
    assert pickle.loads(pickle.dumps(condition)).holds(DOCUMENT)


def test_loops_are_bounded() -> None:
    """An expression that would loop for ages ends with an error instead."""
    loop = "document.text.matches('(x+x+)+y')"
    begun = process_time()

    assert not compile_condition(loop).holds(evolve(DOCUMENT, text="x" * 100_000))
    assert process_time() - begun < 2


def test_nothing_is_evaluated_by_python() -> None:
    """An expression reaches no attribute of Python."""
    with pytest.raises(ConditionError):
        compile_condition("document.__class__ == ''")


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Whatever the text, it is a condition or says why not, at a character that it has."""
    found: Condition | ConditionError
    try:
        found = compile_condition(text)
    except ConditionError as error:
        found = error
    if isinstance(found, Condition):
        assert text == found.text
    else:
        assert 0 <= found.offset <= len(text)
        assert "; " in str(found)


def test_a_process_without_conditions_does_not_load_cel() -> None:
    """The expression library is loaded with the chain, not with the plugins' interface."""
    code = "import sys, copydesk.api; print('cel_expr_python' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "False\n" == done.stdout
